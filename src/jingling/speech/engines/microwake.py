"""Wake words by pymicro-wakeword: several models on one stream of features, each about 0.3 % of a core."""

from collections.abc import Sequence

from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.base import Detection

WORDS = tuple(model.value for model in Model)
FEATURE_SECONDS = 0.01
REFRACTORY_SECONDS = 1.0


class MicroWakeDetector:
    """`sensitivity` 0…1: 0.5 takes each model's own threshold, 1 nearly every likeness, 0 hardly any.

    After a detection the same stream stays quiet for a second. Raises BadInput for an unknown word.
    """

    def __init__(self, words: Sequence[str] = WORDS, sensitivity: float = 0.5) -> None:
        unknown = sorted(set(words) - set(WORDS))
        if unknown or not words:
            raise BadInput(f"Unknown wake word {', '.join(unknown) or '(none)'}; there are {', '.join(WORDS)}.")
        self.words = tuple(words)
        self._models = [MicroWakeWord.from_builtin(Model(word)) for word in words]
        self._cutoffs = [cutoff(model.probability_cutoff, sensitivity) for model in self._models]
        self._features = MicroWakeWordFeatures()
        self._steps = 0
        self._quiet_until = 0

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        found: list[Detection] = []
        for features in self._features.process_streaming(chunk.pcm):
            self._steps += 1
            over = [model.process_streaming_prob(features) or 0.0 for model in self._models]
            best = max(range(len(over)), key=lambda i: over[i] - self._cutoffs[i])
            if over[best] > self._cutoffs[best] and self._steps >= self._quiet_until:
                found.append(Detection(self.words[best], round(self._steps * FEATURE_SECONDS, 2)))
                self._quiet_until = self._steps + round(REFRACTORY_SECONDS / FEATURE_SECONDS)
        return found

    def reset(self) -> None:
        self._features.reset()
        for model in self._models:
            model.reset()
        self._steps = 0
        self._quiet_until = 0


def cutoff(own: float, sensitivity: float) -> float:
    """The probability to pass: straight lines from 0.99 at sensitivity 0 over `own` at 0.5 to 0.3 at 1."""
    s = min(max(sensitivity, 0.0), 1.0)
    if s <= 0.5:
        return 0.99 + (own - 0.99) * s * 2
    return own + (0.3 - own) * (s - 0.5) * 2
