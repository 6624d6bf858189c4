"""Real models of a few kilobytes, for the real loaders: they hear a low tone (300 Hz) as one token and a high one
(3 kHz) as another, and say any text as a steady tone."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, INT64, INT32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32
BINS = 80
QUIET = -5.0
"""Log energy of a mel band, between silence and a tone."""
VOICE_HZ = 8_000
SAMPLES_OF_TOKEN = 800
Node = onnx.NodeProto


def ctc_model(folder: Path, low: str = "▁HELLO", high: str = "好") -> dict[str, str]:
    """A whole-utterance zipformer CTC recogniser; the parts that its manifest would name."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokens(folder / "tokens.txt", ["<blk>", low, high])
    nodes = [
        *_bands("x", "scores", axis=2, step=4),
        helper.make_node("LogSoftmax", ["scores"], ["log_probs"], axis=2),
        helper.make_node("Div", ["x_lens", "four"], ["log_probs_len"]),
    ]
    _save(
        folder / "model.onnx",
        nodes,
        [_value("x", FLOAT, ["N", "T", BINS]), _value("x_lens", INT64, ["N"])],
        [_value("log_probs", FLOAT, ["N", "S", 3]), _value("log_probs_len", INT64, ["N"])],
        {**_CONSTANTS, "four": np.array([4], np.int64)},
    )
    return {"model": "model.onnx", "tokens": "tokens.txt"}


def sense_voice_model(folder: Path, tag: str = "<|en|>", low: str = "▁hello", high: str = "好") -> dict[str, str]:
    """It answers `tag` as the language, whatever it is asked."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokens(folder / "tokens.txt", ["<blk>", low, high, tag, "<|NEUTRAL|>", "<|Speech|>", "<|woitn|>"])
    head = np.full((1, 4, 7), -50, np.float32)
    for place, token in enumerate((3, 4, 5, 6)):
        head[0, place, token] = 50
    pad = np.full((1, 1, 4), -50, np.float32)
    nodes = [
        helper.make_node("Slice", ["x", "zero", "eighty", "last"], ["first"]),
        *_bands("first", "three", axis=2, step=1),
        helper.make_node("Shape", ["three"], ["shape"]),
        helper.make_node("Gather", ["shape", "one"], ["frames"]),
        helper.make_node("Concat", ["one", "frames", "one"], ["rows"], axis=0),
        helper.make_node("Expand", ["pad", "rows"], ["padding"]),
        helper.make_node("Concat", ["three", "padding"], ["seven"], axis=2),
        helper.make_node("Concat", ["head", "seven"], ["logits"], axis=1),
    ]
    constants = {
        **_CONSTANTS,
        "head": head,
        "pad": pad,
        "zero": np.array([0], np.int64),
        "eighty": np.array([BINS], np.int64),
        "last": np.array([2], np.int64),
        "one": np.array([1], np.int64),
    }
    inputs = [
        _value("x", FLOAT, [1, "T", 560]),
        _value("x_length", INT32, [1]),
        _value("language", INT32, [1]),
        _value("text_norm", INT32, [1]),
    ]
    languages = {f"lang_{name}": number for number, name in enumerate(("auto", "zh", "en", "ja", "ko", "yue"))}
    notes = {"vocab_size": 7, "lfr_window_size": 7, "lfr_window_shift": 6, "normalize_samples": 1, "with_itn": 14}
    more = {"without_itn": 15, "neg_mean": ",".join(["0"] * 560), "inv_stddev": ",".join(["1"] * 560)}
    output = _value("logits", FLOAT, [1, "S", 7])
    _save(folder / "model.onnx", nodes, inputs, [output], constants, {**notes, **more, **languages})
    return {"model": "model.onnx", "tokens": "tokens.txt"}


def streaming_model(folder: Path, low: str = "▁HELLO", high: str = "好") -> dict[str, str]:
    """A streaming LSTM transducer; it also serves as a keyword model."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokens(folder / "tokens.txt", ["<blk>", low, high])
    state = [_value(name, FLOAT, [1, "N", 2]) for name in ("h", "c")]
    next_state = [_value(name, FLOAT, [1, "N", 2]) for name in ("next_h", "next_c")]
    encoder = [
        helper.make_node("ReduceMax", ["x"], ["loudest"], axes=[1], keepdims=1),
        *_bands("loudest", "encoder_out", axis=2, step=1),
        helper.make_node("Identity", ["h"], ["next_h"]),
        helper.make_node("Identity", ["c"], ["next_c"]),
    ]
    notes = {"model_type": "lstm", "num_encoder_layers": 1, "T": 4, "decode_chunk_len": 4}
    sizes = {"rnn_hidden_size": 2, "d_model": 2}
    inputs = [_value("x", FLOAT, ["N", 4, BINS]), *state]
    outputs = [_value("encoder_out", FLOAT, ["N", 1, 3]), *next_state]
    _save(folder / "encoder.onnx", encoder, inputs, outputs, _CONSTANTS, {**notes, **sizes})
    _decoder(folder / "decoder.onnx")
    frame = [_value(name, FLOAT, ["N", 3]) for name in ("encoder_out", "decoder_out")]
    add = helper.make_node("Add", ["encoder_out", "decoder_out"], ["logit"])
    _save(folder / "joiner.onnx", [add], frame, [_value("logit", FLOAT, ["N", 3])], {}, {"joiner_dim": 3})
    return {one: f"{one}.onnx" for one in ("encoder", "decoder", "joiner")} | {"tokens": "tokens.txt"}


def speaker_model(folder: Path) -> dict[str, str]:
    """The mean energy of eight bands is who speaks."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("Reshape", ["mean", "shape"], ["bands"]),
        helper.make_node("ReduceMean", ["bands"], ["flat"], axes=[2], keepdims=0),
        helper.make_node("Add", ["flat", "lift"], ["embedding"]),
    ]
    constants = {"shape": np.array([1, 8, 10], np.int64), "lift": np.array([8], np.float32)}
    notes = {"framework": "wespeaker", "output_dim": 8, "sample_rate": 16_000, "normalize_samples": 1}
    inputs, outputs = [_value("x", FLOAT, [1, "T", BINS])], [_value("embedding", FLOAT, [1, 8])]
    _save(folder / "model.onnx", nodes, inputs, outputs, constants, {**notes, "language": "English"})
    return {"model": "model.onnx"}


def vits_model(folder: Path, letters: str = "abcdefghijklmnopqrstuvwxyz .") -> dict[str, str]:
    """A voice for sherpa that says each character as a stretch of a tone, the shorter the faster."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens.txt").write_text(
        "".join(f"{letter} {number}\n" for number, letter in enumerate(letters, start=1))
    )
    inputs = [_value("x", INT64, [1, "L"]), _value("x_length", INT64, [1]), _value("scales", FLOAT, [3])]
    pick = helper.make_node("Gather", ["scales", "one"], ["length_scale"])
    nodes = [pick, *_tone("x_length", "y")]
    notes = {"sample_rate": VOICE_HZ, "n_speakers": 1, "language": "English", "comment": "coqui"}
    more = {"frontend": "characters", "add_blank": 0, "use_eos_bos": 0}
    output = _value("y", FLOAT, [1, 1, "S"])
    _save(folder / "model.onnx", nodes, inputs, [output], _tone_constants([1, 1, -1]), {**notes, **more})
    return {"model": "model.onnx", "tokens": "tokens.txt"}


def piper_model(folder: Path, letters: str = "abcdefghijklmnopqrstuvwxyz .") -> dict[str, str]:
    """The same for piper, which takes letters as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = {letter: [number] for number, letter in enumerate(["_", "^", "$", *letters])}
    config = {
        "audio": {"sample_rate": VOICE_HZ},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "text",
        "phoneme_id_map": ids,
        "num_symbols": len(ids),
        "num_speakers": 1,
        "speaker_id_map": {},
    }
    (folder / "voice.onnx.json").write_text(json.dumps(config))
    inputs = [
        _value("input", INT64, [1, "L"]),
        _value("input_lengths", INT64, [1]),
        _value("scales", FLOAT, [3]),
    ]
    pick = helper.make_node("Gather", ["scales", "one"], ["length_scale"])
    nodes = [pick, *_tone("input_lengths", "output")]
    output = _value("output", FLOAT, [1, 1, 1, "S"])
    _save(folder / "voice.onnx", nodes, inputs, [output], _tone_constants([1, 1, 1, -1]))
    return {"model": "voice.onnx", "config": "voice.onnx.json"}


def pieces_model(folder: Path, sentences: Sequence[str]) -> str:
    """A sentencepiece model and its tokens.txt, as English keyword models have them."""
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text").write_text("\n".join(sentences * 20))
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / "bpe"),
        vocab_size=30,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return "bpe.model"


def tone(hz: float, seconds: float, rate_hz: int = 16_000) -> bytes:
    wave = np.sin(2 * np.pi * hz * np.arange(int(seconds * rate_hz)) / rate_hz)
    return (wave * 12_000).astype("<i2").tobytes()


def silence(seconds: float) -> bytes:
    return bytes(2 * int(seconds * 16_000))


_CONSTANTS = {
    "quiet": np.full((1, 1, 1), QUIET, np.float32),
    "low_from": np.array([2], np.int64),
    "low_to": np.array([20], np.int64),
    "high_from": np.array([50], np.int64),
    "high_to": np.array([BINS], np.int64),
    "bins": np.array([2], np.int64),
    "begin": np.array([0], np.int64),
    "end": np.array([1 << 30], np.int64),
    "time": np.array([1], np.int64),
    "ten": np.array([10], np.float32),
    "nothing": np.array([0], np.float32),
}


def _bands(x: str, scores: str, axis: int, step: int) -> list[Node]:
    """[quiet, loudest low band, loudest high band] of each frame, or of each `step`-th."""
    steps = helper.make_node("Constant", [], ["step"], value=numpy_helper.from_array(np.array([step], np.int64)))
    return [
        steps,
        helper.make_node("Slice", [x, "begin", "end", "time", "step"], ["thin"]),
        helper.make_node("Slice", ["thin", "low_from", "low_to", "bins"], ["low"]),
        helper.make_node("Slice", ["thin", "high_from", "high_to", "bins"], ["high"]),
        helper.make_node("ReduceMax", ["low"], ["low_max"], axes=[axis], keepdims=1),
        helper.make_node("ReduceMax", ["high"], ["high_max"], axes=[axis], keepdims=1),
        helper.make_node("Mul", ["low_max", "nothing"], ["none"]),
        helper.make_node("Add", ["none", "quiet"], ["still"]),
        helper.make_node("Concat", ["still", "low_max", "high_max"], ["raw"], axis=axis),
        helper.make_node("Mul", ["raw", "ten"], [scores]),
    ]


def _decoder(path: Path) -> None:
    """The same token is not said twice running; the row before the first (-1) is of no token."""
    table = np.zeros((4, 3), np.float32)
    table[1, 1] = table[2, 2] = -1_000
    nodes = [
        helper.make_node("Gather", ["y", "last"], ["latest"], axis=1),
        helper.make_node("Gather", ["table", "latest"], ["decoder_out"]),
    ]
    constants = {"last": np.array(1, np.int64), "table": table}
    inputs, outputs = [_value("y", INT64, ["N", 2])], [_value("decoder_out", FLOAT, ["N", 3])]
    _save(path, nodes, inputs, outputs, constants, {"vocab_size": 3, "context_size": 2})


def _tone(length: str, y: str) -> list[Node]:
    """So many samples for each letter, times `length_scale`."""
    return [
        helper.make_node("Cast", [length], ["letters"], to=FLOAT),
        helper.make_node("Mul", ["letters", "length_scale"], ["long"]),
        helper.make_node("Mul", ["long", "samples"], ["samples_f"]),
        helper.make_node("Squeeze", ["samples_f"], ["count"]),
        helper.make_node("Range", ["from", "count", "by"], ["times"]),
        helper.make_node("Mul", ["times", "turn"], ["angles"]),
        helper.make_node("Sin", ["angles"], ["wave"]),
        helper.make_node("Mul", ["wave", "half"], ["soft"]),
        helper.make_node("Reshape", ["soft", "shape"], [y]),
    ]


def _tone_constants(shape: Sequence[int]) -> dict[str, np.ndarray]:
    return {
        "samples": np.array([SAMPLES_OF_TOKEN], np.float32),
        "from": np.array(0, np.float32),
        "by": np.array(1, np.float32),
        "turn": np.array(2 * np.pi * 440 / VOICE_HZ, np.float32),
        "half": np.array(0.5, np.float32),
        "shape": np.array(shape, np.int64),
        "one": np.array([1], np.int64),
    }


def _tokens(path: Path, tokens: Sequence[str]) -> None:
    path.write_text("".join(f"{token} {number}\n" for number, token in enumerate(tokens)), encoding="utf-8")


def _value(name: str, kind: int, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(shape))


def _save(  # noqa: PLR0917
    path: Path,
    nodes: Sequence[Node],
    inputs: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    constants: Mapping[str, np.ndarray],
    notes: Mapping[str, str | int] | None = None,
) -> None:
    initial = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(list(nodes), "tiny", list(inputs), list(outputs), initial)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    for key, value in (notes or {}).items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    path.write_bytes(model.SerializeToString())
