"""Speaker embedding of sherpa-onnx, in the worker."""

import sherpa_onnx

from jingling.speech.engines.frames import Message
from jingling.speech.engines.sherpa_worker_hearing import RATE_HZ, samples


class Speaker:
    """`embed` with `pcm` → `vector`, empty for too little sound."""

    def __init__(self, request: Message) -> None:
        config = sherpa_onnx.SpeakerEmbeddingExtractorConfig(
            model=request["parts"]["model"], num_threads=request["threads"]
        )
        self._extractor = sherpa_onnx.SpeakerEmbeddingExtractor(config)

    def about(self) -> Message:
        return {"size": self._extractor.dim}

    def embed(self, request: Message) -> Message:
        stream = self._extractor.create_stream()
        stream.accept_waveform(RATE_HZ, samples(request.get("pcm", b"")))
        stream.input_finished()
        return {"vector": list(self._extractor.compute(stream)) if self._extractor.is_ready(stream) else []}
