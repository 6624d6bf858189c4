"""Voices of a few kilobytes of the kinds that read from a lexicon: they say each sound as a stretch of a tone."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnx import helper

from fakes.tiny_models import FLOAT, INT64, VOICE_HZ, save, tone_constants, tone_nodes, value

MATCHA_HZ = 22_050
"""Its vocoders know no other rate."""
_VOICE = {"n_speakers": 1, "version": 2}


def melo_model(folder: Path) -> dict[str, str]:
    """Mandarin and English, as MeloTTS has them."""
    folder.mkdir(parents=True, exist_ok=True)
    sounds = ["_", "n", "i", "h", "ao", "HH", "AH", "L", "OW", ",", ".", "!", "?", "…", "'", "-", "SP", "UNK"]
    _lines(folder / "tokens.txt", [f"{sound} {number}" for number, sound in enumerate(sounds)])
    _lines(folder / "lexicon.txt", ["你好 n i h ao 2 2 3 3", "hello HH AH L OW 7 7 7 7"])
    inputs = [
        value("x", INT64, [1, "L"]),
        value("x_lengths", INT64, [1]),
        value("tones", INT64, [1, "L"]),
        value("sid", INT64, [1]),
        *(value(name, FLOAT, [1]) for name in ("noise_scale", "length_scale", "noise_scale_w")),
    ]
    notes = {**_VOICE, "sample_rate": VOICE_HZ, "comment": "melo", "language": "Chinese + English", "jieba": 1}
    more = {"add_blank": 1, "speaker_id": 0}
    output = value("y", FLOAT, [1, 1, "S"])
    save(
        folder / "model.onnx",
        tone_nodes("x_lengths", "y"),
        inputs,
        [output],
        tone_constants([1, 1, -1]),
        {**notes, **more},
    )
    return {"model": "model.onnx", "lexicon": "lexicon.txt", "tokens": "tokens.txt"}


def kokoro_model(folder: Path) -> dict[str, str]:
    """Mandarin and English, with a lexicon for each, as Kokoro has them."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "tokens.txt", [f"{sound} {number}" for number, sound in enumerate("$ .,!?helonia")])
    _lines(folder / "en.txt", ["hello h e l o"])
    _lines(folder / "zh.txt", ["你好 n i h a o"])
    np.zeros(20 * 4, np.float32).tofile(folder / "voices.bin")
    nodes = [
        helper.make_node("Shape", ["tokens"], ["sizes"]),
        helper.make_node("Gather", ["sizes", "one"], ["count_of_tokens"]),
        helper.make_node("Div", ["unit", "speed"], ["length_scale"]),
        *tone_nodes("count_of_tokens", "audio"),
    ]
    inputs = [
        value("tokens", INT64, [1, "L"]),
        value("style", FLOAT, [1, 4]),
        value("speed", FLOAT, [1]),
    ]
    notes = {**_VOICE, "sample_rate": VOICE_HZ, "has_espeak": 1, "style_dim": "20,1,4"}
    constants = {**tone_constants([-1]), "unit": np.array([1], np.float32)}
    save(folder / "model.onnx", nodes, inputs, [value("audio", FLOAT, ["S"])], constants, notes)
    return {
        "model": "model.onnx",
        "voices": "voices.bin",
        "tokens": "tokens.txt",
        "lexicon": "en.txt",
        "lexicon_zh": "zh.txt",
    }


def matcha_model(folder: Path) -> dict[str, str]:
    """Mandarin: an acoustic model that gives frames of silence, and a vocoder that makes a tone of them."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "tokens.txt", ["_ 0", "n 1", "h 2", "sil 3"])
    _lines(folder / "lexicon.txt", ["你 n", "好 h", "你好 n h"])
    nodes = [
        helper.make_node("Cast", ["x_length"], ["letters"], to=FLOAT),
        helper.make_node("Mul", ["letters", "length_scale"], ["long"]),
        helper.make_node("Mul", ["long", "four"], ["frames_f"]),
        helper.make_node("Cast", ["frames_f"], ["frames"], to=INT64),
        helper.make_node("Concat", ["one", "bins", "frames"], ["shape"], axis=0),
        helper.make_node("Expand", ["nothing", "shape"], ["mel"]),
    ]
    constants = {
        "four": np.array([4], np.float32),
        "one": np.array([1], np.int64),
        "bins": np.array([80], np.int64),
        "nothing": np.zeros((1, 1, 1), np.float32),
    }
    inputs = [
        value("x", INT64, [1, "L"]),
        value("x_length", INT64, [1]),
        value("noise_scale", FLOAT, [1]),
        value("length_scale", FLOAT, [1]),
    ]
    mel = value("mel", FLOAT, [1, 80, "T"])
    notes = {"sample_rate": MATCHA_HZ, "n_speakers": 1, "jieba": 1, "use_eos_bos": 0, "pad_id": 0}
    save(folder / "model.onnx", nodes, inputs, [mel], constants, notes)
    _vocoder(folder / "vocoder.onnx")
    return {
        "model": "model.onnx",
        "vocoder": "vocoder.onnx",
        "lexicon": "lexicon.txt",
        "tokens": "tokens.txt",
    }


def _vocoder(path: Path) -> None:
    nodes = [
        helper.make_node("Shape", ["mel"], ["sizes"]),
        helper.make_node("Gather", ["sizes", "two"], ["count_of_frames"]),
        *tone_nodes("count_of_frames", "audio"),
    ]
    constants = {
        **tone_constants([1, -1]),
        "two": np.array([2], np.int64),
        "length_scale": np.array([1], np.float32),
    }
    inputs, outputs = [value("mel", FLOAT, [1, 80, "T"])], [value("audio", FLOAT, [1, "S"])]
    save(path, nodes, inputs, outputs, constants, {"model_type": "hifigan"})


def _lines(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
