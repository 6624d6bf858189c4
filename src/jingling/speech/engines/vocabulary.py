"""Which words can be said, how they sound, and of which language they are."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from pocketsphinx import get_model_path

from jingling.speech.acceptor import Net, words_of
from jingling.speech.engines import mandarin
from jingling.speech.engines.mandarin_reading import is_han
from jingling.speech.engines.pronunciation import sounds

DICTIONARY = Path(get_model_path("en-us/cmudict-en-us.dict"))


class Vocabulary:
    """All words that one decoder was taught."""

    def __init__(self) -> None:
        self._lengths: dict[str, int] = {}

    def new(self, nets: Sequence[Net]) -> dict[str, tuple[str, ...]]:
        """The ways to sound of the words in `nets` that were not taught yet; they count as taught from now on."""
        words = frozenset[str]().union(*map(words_of, nets)) - self.taught
        if not words:
            return {}
        han = {word for word in words if is_han(word)}
        with DICTIONARY.open(encoding="utf-8") as dictionary:
            found = sounds(words - han, dictionary) | mandarin.sounds(han)
        self._lengths |= {word: len(ways[0].split()) for word, ways in found.items() if ways}
        return found

    @property
    def taught(self) -> Set[str]:
        return self._lengths.keys()

    def length(self, text: str) -> int:
        """How many sounds `text` has."""
        return sum(self._lengths.get(word, 0) for word in text.split())


def spoken_language(text: str, words: Mapping[str, frozenset[str]], prior: Mapping[str, float]) -> str:
    """Of the languages whose grammars hold most of the words of `text`, the likeliest here. `words` by language."""
    said = text.split()
    return max(words, key=lambda one: (sum(word in words[one] for word in said), prior.get(one, 0.0)), default="en")
