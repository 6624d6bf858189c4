"""Mandarin from the built-in recogniser: `python benchmarks/mandarin.py DATA`.

DATA is a folder of recorded words (mp3, flac, wav), each named as what is said in it. The words of three and more
syllables are a closed list, those of two another; every word is heard by a grammar of its whole list, and whatever
is heard counts. Beside it: how many were right and trusted, as they would have to be in a home. `--wrong` names
what was not right. DATA is not part of this project. Writes results/mandarin.json.

`--sentences N`: also N sentences of the demo home's Mandarin templates, spoken by the built-in synthesiser and
heard by the whole home's grammar: a smoke test, as no person speaks like that.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from noise_homes import demo_home, sentence_files
from noise_sentences import Sampler
from report import save, table

from jingling.core.audio import AudioChunk
from jingling.core.turn import Utterance
from jingling.language.base import Context
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import load_all
from jingling.speech.acceptor import Net
from jingling.speech.engines.decoding import SentenceSearch, SoundSearch
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.hearing import Features
from jingling.speech.engines.mandarin_reading import written
from jingling.speech.engines.sent_net import sent_net
from jingling.speech.engines.trust import trust
from jingling.speech.engines.vocabulary import Vocabulary
from jingling.speech.plugboard import Plugboard
from jingling.speech.resampling import resample
from jingling.speech.sound_file import read_sound

SEED = 5
KINDS = (".mp3", ".flac", ".wav")
CONTEXT = Context(datetime(2026, 11, 22, 9, tzinfo=UTC))
SECONDS_MAX = 30
TRUSTED = 0.5


def word_net(words: Sequence[str]) -> Net:
    """Any one of `words`, character by character, as a home's grammar has them."""
    arcs: list[tuple[int, int, str]] = []
    states = 2
    for word in words:
        at = 0
        for char in word[:-1]:
            arcs.append((at, states, char))
            at, states = states, states + 1
        arcs.append((at, 1, word[-1]))
    return Net(arcs, 0, 1, states)


def of_lengths(words: Sequence[str]) -> dict[str, list[str]]:
    return {
        "three syllables and more": [word for word in words if len(word) >= 3],
        "two syllables": [word for word in words if len(word) == 2],
    }


class Listener:
    """The recogniser's first look at a whole utterance, and how far it trusts what it found."""

    def __init__(self) -> None:
        self._search = SentenceSearch()
        self._sounds = SoundSearch()
        self._vocabulary = Vocabulary()

    def learn(self, name: str, net: Net) -> None:
        self._search.teach(self._vocabulary.new([net]))
        self._search.add(name, Plugboard().unite([net], self._vocabulary.taught))

    def hear(self, name: str, sound: AudioChunk) -> tuple[str, float]:
        """By the grammar `name`."""
        features = Features(patient=True)
        parts = [features.feed(sound.pcm), features.rest()]
        self._search.choose(name)
        for search in (self._search, self._sounds):
            search.start()
            for part in parts:
                search.feed(part)
        found, sounds = self._search.finish(), self._sounds.finish()
        return written(found.text), trust(found, sounds, self._vocabulary.length(found.text), features.contrast)


def closed(listener: Listener, name: str, sounds: dict[str, AudioChunk]) -> dict[str, Any]:
    """Each sound heard by a grammar of all of them."""
    listener.learn(name, word_net(list(sounds)))
    begun = time.process_time()
    heard = {word: listener.hear(name, sound) for word, sound in sounds.items()}
    seconds = time.process_time() - begun
    wrong = {word: text for word, (text, _) in heard.items() if text != word}
    trusted = sum(confidence >= TRUSTED for word, (text, confidence) in heard.items() if text == word)
    return {
        "words": len(sounds),
        "right": len(sounds) - len(wrong),
        "percent": round(100 * (1 - len(wrong) / len(sounds)), 1),
        "right_and_trusted": trusted,
        "real_time_factor": round(seconds / sum(sound.seconds for sound in sounds.values()), 3),
        "wrong": wrong,
    }


async def spoken(count: int) -> list[tuple[str, AudioChunk]]:
    """Sentences of the demo home, by the built-in synthesiser."""
    banks, _ = load_all(sentence_files())
    sampler = Sampler(banks["zh"], demo_home().names("zh"), random.Random(SEED))
    voice = EspeakSynthesizer(rate=150)
    found: list[tuple[str, AudioChunk]] = []
    while len(found) < count:
        said = sampler.sentence()
        if said is not None:
            chunks = [chunk async for chunk in voice.speak(said.text, "zh")]
            pcm = b"".join(chunk.pcm for chunk in chunks)
            found.append((said.text, resample(AudioChunk(pcm, chunks[0].rate_hz), 16_000)))
    await voice.close()
    return found


def sentences(listener: Listener, count: int) -> dict[str, Any]:
    """Heard by the grammar of the whole demo home; right when intent and slots are those of the text."""
    understander = TemplateUnderstander(sentence_files(), demo_home())
    grammar = understander.grammars(["zh"], CONTEXT)[0]
    listener.learn("home", sent_net(grammar))
    right, same, seconds, heard_s, wrong = 0, 0, 0.0, 0.0, {}
    for text, sound in asyncio.run(spoken(count)):
        begun = time.process_time()
        heard, _ = listener.hear("home", sound)
        seconds += time.process_time() - begun
        heard_s += sound.seconds
        wanted, found = (understander.understand(Utterance(one, "zh"), CONTEXT).intent for one in (text, heard))
        right += wanted == found
        same += wanted is not None and found is not None and wanted.name == found.name
        if wanted != found:
            wrong[text] = heard
    return {
        "sentences": count,
        "right": right,
        "intent_right": same,
        "percent": round(100 * right / count, 1),
        "real_time_factor": round(seconds / heard_s, 3),
        "wrong": wrong,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sentences", type=int, default=0, metavar="N")
    parser.add_argument("--wrong", action="store_true", help="Name what was not right.")
    options = parser.parse_args()
    files = sorted(path for path in options.data.glob("*") if path.suffix in KINDS) if options.data.is_dir() else []
    if not files:
        parser.error(f"there are no recordings in {options.data}; they are not part of this project")
    sounds = {path.stem: read_sound(path, SECONDS_MAX) for path in files}
    listener = Listener()
    measured = {
        name: closed(listener, name, {word: sounds[word] for word in words})
        for name, words in of_lengths(list(sounds)).items()
        if words
    }
    if options.sentences:
        measured["sentences by the synthesiser (smoke test)"] = sentences(listener, options.sentences)
    figures = ("right", "percent", "right_and_trusted", "intent_right", "real_time_factor")
    rows = [(name, *(str(found.get(figure, "")) for figure in figures)) for name, found in measured.items()]
    print(table(("", *figures), rows))
    save("mandarin", measured)
    if options.wrong:
        for name, found in measured.items():
            print(name, *(f"  {wanted}: {heard}" for wanted, heard in found["wrong"].items()), sep="\n")


if __name__ == "__main__":
    main()
