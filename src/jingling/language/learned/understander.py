"""Understands by example what no template has word for word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml
from hassil.intents import RangeSlotList, WildcardSlotList
from msgspec.structs import replace

from jingling.core.turn import Intent, Language, Utterance
from jingling.language.base import Context, Reading, Understanding
from jingling.language.learned import store
from jingling.language.learned.features import views, words
from jingling.language.learned.learner import IN_SCOPE, Guess, Learner, Training
from jingling.language.learned.masking import Lists, Masked, masked, values
from jingling.language.learned.nearest import Nearest
from jingling.language.learned.phrases import PHRASES_MAX, Phrase, PhraseBook
from jingling.language.learned.samples import MASKS, Piece, samples
from jingling.language.templates import CORE, Bank
from jingling.language.text import TEXT_CHARS_MAX, even, without_edges

SOURCE = "learned"
SURE = 0.9
"""Below this a guess is asked about before it is acted on."""
ALIKE_MIN = 0.25
ALIKE_SURE = 0.7
KNOWN_MIN = 0.7
KNOWN_SURE = 0.95
"""How much of what was said must be words that the templates have."""
PHRASE_ALIKE_MIN = 0.6
RISKY = ("unlock", "open", "buy", "order", "pay", "lock")
_RISKY_DOMAINS = frozenset({"lock", "cover", "valve", "alarm_control_panel"})
_NONE = ""
_TRIED = 5
_TRAINING = Training(networks=0)

Read = Callable[[Utterance, Context], Understanding]
Values = Callable[[str, Language, Context], Lists]
"""What of each list occurs in an even text."""


class _Tongue:
    """One language: what was learned of it, and the sentences to answer with."""

    def __init__(self, bank: Bank, cache_folder: Path | None) -> None:
        self.bank = bank
        self.ranges = [name for name, of in bank.lists.items() if isinstance(of, RangeSlotList)]
        self.learner, self.nearest = learned(bank, cache_folder)


@dataclass(frozen=True)
class _Said:
    text: str
    lists: Lists
    masked: Masked


class LearnedUnderstander:
    """Comes after the matcher, whose `read` has the last word: a guess is put into a sentence that `read` knows.

    `banks` are what the skills let people say; `cache_folder` keeps what was learned from them.
    """

    def __init__(
        self,
        banks: Mapping[Language, Bank],
        values: Values,
        read: Read,
        phrases: PhraseBook,
        cache_folder: Path | None = None,
    ) -> None:
        self._banks = {language: bank for language, bank in banks.items() if has_sentences(bank)}
        self._values = values
        self._read = read
        self._phrases = phrases
        self._cache_folder = cache_folder
        self._tongues: dict[Language, _Tongue] = {}

    def is_kept(self, languages: Iterable[Language]) -> bool:
        """Whether all was learned before, and only has to be read."""
        folder, banks = self._cache_folder, self._banks
        return folder is not None and all(
            _path(banks[each], folder).is_file() for each in languages if each in banks
        )

    def prepare(self, languages: Iterable[Language]) -> None:
        """Learn these languages, or read what was learned before: seconds of work, for a thread of its own.

        Before that only phrases are understood in them.
        """
        for language in languages:
            if language in self._banks and language not in self._tongues:
                self._tongues[language] = _Tongue(self._banks[language], self._cache_folder)

    def understand(self, utterance: Utterance, context: Context) -> Understanding:
        """Nothing when it is like nothing that is known; `unsure` when it is a guess or may do harm."""
        text = even(utterance.text) if len(utterance.text) <= TEXT_CHARS_MAX else ""
        if not text:
            return Understanding()
        phrase = self.phrase(utterance, context)
        return phrase if phrase.readings else self._guess(utterance, text, context)

    def phrase(self, utterance: Utterance, context: Context) -> Understanding:
        """What one of the owner's phrases means; one that is only near is to be asked about."""
        text = even(utterance.text)
        phrase = self._phrases.find(text, utterance.language)
        phrase = phrase or self._phrases.find(without_edges(text, utterance.language), utterance.language)
        near = phrase or _near(text, utterance.language, self._phrases.phrases)
        if near is None:
            return Understanding()
        meant = self._read(Utterance(near.means, near.language, utterance.confidence), context)
        if not meant.readings:
            return Understanding()
        readings = tuple(
            replace(one, intent=replace(one.intent, source="phrases"), text=near.means) for one in meant.readings
        )
        return Understanding(readings, meant.unsure or phrase is None)

    def teach(self, text: str, means: str, language: Language) -> Phrase:
        """Counts at once. Raises BadInput when `means` is not understood."""
        return self._phrases.teach(text, means, language)

    def forget(self, text: str, language: Language) -> Phrase | None:
        return self._phrases.forget(text, language)

    def _guess(self, utterance: Utterance, text: str, context: Context) -> Understanding:
        tongue = self._tongues.get(utterance.language)
        if tongue is None:
            return Understanding()
        text = without_edges(text, utterance.language)
        lists = self._values(text, utterance.language, context)
        said = _Said(text, lists, masked(text, lists, tongue.ranges))
        row = tongue.learner.vocabulary.row(said.masked.text)
        guess = tongue.learner.guess(said.masked.text, row)
        known = _known(said.masked, guess, tongue.learner)
        if guess.label == _NONE or guess.confidence < IN_SCOPE or known < KNOWN_MIN:
            return Understanding()
        for alike, pieces in tongue.nearest.of(guess.label, said.masked.words, row, _TRIED):
            if alike < ALIKE_MIN:
                break
            sentence = _filled(pieces, said, guess, tongue.bank)
            reading = self._reading(Utterance(sentence, utterance.language), context, guess) if sentence else None
            if reading is not None:
                plain = guess.confidence >= SURE and alike >= ALIKE_SURE and known >= KNOWN_SURE
                unsure = not plain or risky(reading.intent)
                return Understanding((reading,), unsure)
        return Understanding()

    def _reading(self, sentence: Utterance, context: Context, guess: Guess) -> Reading | None:
        """`sentence`, when the matcher agrees with what it means."""
        meant = self._read(sentence, context)
        if meant.intent is None or meant.intent.name != guess.label or meant.unsure:
            return None
        intent = replace(meant.intent, confidence=guess.confidence, source=SOURCE)
        return replace(meant.readings[0], intent=intent, text=sentence.text, cost=1 - guess.confidence)


def risky(intent: Intent) -> bool:
    """Whether a wrong guess could open, unlock or buy."""
    verb = intent.name.rpartition(".")[2].lower()
    return any(word in verb for word in RISKY) or intent.slots.get("domain") in _RISKY_DOMAINS


@cache
def background(language: Language) -> tuple[str, ...]:
    """Sentences that no skill is for."""
    path = Path(__file__).with_name(f"background.{language}.yaml")
    return tuple(str(line) for line in yaml.safe_load(path.read_text("utf-8")))


def has_sentences(bank: Bank) -> bool:
    """Whether there is anything to learn from."""
    return any(template.skill != CORE for template in bank.templates)


def learned(bank: Bank, folder: Path | None) -> tuple[Learner, Nearest]:
    """From `folder` if it was learned before; otherwise learned, and kept there."""
    strange = background(bank.language)
    if folder is None:
        return _learn(bank, strange)
    path = _path(bank, folder)
    known = store.load(path)
    if known is None:
        known = _learn(bank, strange)
        store.save(path, *known)
        store.forget_old(path, _start(bank))
        known = store.load(path) or known  # what learning needed besides is let go of
    return known


def _path(bank: Bank, folder: Path) -> Path:
    return folder / f"{_start(bank)}{store.digest(bank, background(bank.language), _TRAINING)}.npz"


def _start(bank: Bank) -> str:
    return f"learned-{bank.language}-"


def _learn(bank: Bank, strange: Sequence[str]) -> tuple[Learner, Nearest]:
    made = samples(bank)
    texts = [" ".join(one.words) for one in made] + [" ".join(words(text)) for text in strange]
    labels = [one.intent for one in made] + [_NONE] * len(strange)
    tags = [list(one.tags) for one in made] + [["O"] * len(words(text)) for text in strange]
    learner = Learner.fit(texts, labels, training=_TRAINING, tags=tags).packed()
    return learner, Nearest.of_samples(made, learner.vocabulary)


def _known(said: Masked, guess: Guess, learner: Learner) -> float:
    """The share of the words that the templates have, rarer ones counting more; free text may be anything."""
    free = {at for span in guess.spans for at in range(span.start, span.end)}
    bound = [word for at, word in enumerate(said.words) if at not in free]
    weights, known = learner.vocabulary.weights(bound)
    total = float(weights.sum())
    return float(weights[known].sum()) / total if total else 0.0


def _filled(pieces: Sequence[Piece], said: _Said, guess: Guess, bank: Bank) -> str | None:
    """The sentence with what was said in its places; None when a place stays empty, or a name is lost."""
    parts: list[str] = []
    used: list[str] = []
    for piece in pieces:
        text = piece.text if not piece.list else _value(piece, said, guess, bank)
        if text is None:
            return None
        parts.append(text)
        used += [text.casefold()] if piece.list else []
    given = [
        original.casefold()
        for word, original in zip(said.masked.words, said.masked.said, strict=True)
        if word in MASKS.values()
    ]
    lost = [original for original in given if not any(original in text for text in used)]
    return None if lost else " ".join("".join(parts).split())


def _value(piece: Piece, said: _Said, guess: Guess, bank: Bank) -> str | None:
    if isinstance(bank.lists.get(piece.list), WildcardSlotList):
        span = next((one for one in guess.spans if one.slot == piece.list), None)
        glue = "" if bank.language == "zh" else " "
        return glue.join(said.masked.said[span.start : span.end]) if span else None
    return next(iter(values(said.lists, piece.list)), None)


def _near(text: str, language: Language, phrases: Sequence[Phrase]) -> Phrase | None:
    """The one phrase that shares most with `text`, if enough."""
    known = [one for one in phrases if one.language == language]
    said = _features(text) if known else frozenset()
    scored = [(_alike(said, _phrase_features(one.text)), at) for at, one in enumerate(known)]
    best = max(scored, default=(0.0, 0))
    return known[best[1]] if best[0] >= PHRASE_ALIKE_MIN else None


@lru_cache(PHRASES_MAX)
def _phrase_features(text: str) -> frozenset[int]:
    return _features(text)


def _features(text: str) -> frozenset[int]:
    near, _, pieces = views(text)
    return frozenset([*near.tolist(), *pieces.tolist()])


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, len(one | other))
