"""What was said, read in the light of what was said before: hints completed, several requests taken apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Protocol

from msgspec import structs

from jingling.assistant.conversation import Conversation, Exchange
from jingling.assistant.joints import blends, cut, fragments, heads, joints_of, tails
from jingling.assistant.referents import Mentioned, Referents
from jingling.core.card import ListCard
from jingling.core.turn import ANYWHERE, Intent, Language, Slots, Utterance
from jingling.language.base import Context, Reading, Understander
from jingling.language.text import even

ANSWER = "core.answer"
VALUE = "core.value"
HINTS = frozenset({"core.followup", "core.correct", "core.more", VALUE})
"""Half a sentence that lives on the one before."""
HEEDED = frozenset({"core.stop", "core.nevermind"})
_ONLY_ASKED = frozenset({"core.options", "core.no"})
SPLIT_CHARS_MAX = 200
"""Nobody asks for more in one breath."""
_VERBS = "开关亮暗锁停"
_VALUES = ("percentage", "temperature", "number")
_SETTING = {
    "en": ("set them to {}", "set them to {} percent"),
    "zh": ("把它调到{}", "把它调到百分之{}", "把它调到{}度"),
}
_BARE_THERE = re.compile(r"(?<!\bin )(?<!\bon )(?<!\bat )\b(there)\b", re.IGNORECASE)


class Sentences(Protocol):
    """Knows which slots an intent's sentences have."""

    def completed(self, before: Intent, said: Slots, language: Language) -> Intent | None: ...

    def takes_any_words(self, intent: Intent, before: Intent, language: Language) -> bool: ...


class Literal(Protocol):
    """Understands word for word, without guessing, which takes time."""

    def read(
        self, text: str, language: Language, context: Context, confidence: float = 1.0
    ) -> Sequence[Reading]: ...


class Intents(Protocol):
    """What the skills say of their intents."""

    def owner(self, intent: str) -> str: ...

    def is_last_resort(self, intent: str) -> bool: ...

    def repeats(self, intent: str) -> bool: ...


@dataclass(frozen=True)
class Meaning:
    """`requests` in the order in which they are to be done; `guesses` are to be asked about first.

    `corrects`: they replace the request before.
    """

    requests: tuple[Reading, ...] = ()
    guesses: tuple[Reading, ...] = ()
    corrects: bool = False


@dataclass(frozen=True)
class Reader:
    understander: Understander
    referents: Referents
    intents: Intents
    sentences: Sentences | None = None
    literal: Literal | None = None

    def read(self, said: Utterance, context: Context, conversation: Conversation) -> Meaning:
        """The context's referents are filled in here."""
        mentioned = self.referents.of(conversation, said.language)
        moment = _Moment(self, said, context, conversation, mentioned)
        return moment.read()


@dataclass(frozen=True)
class _Moment:
    reader: Reader
    said: Utterance
    context: Context
    conversation: Conversation
    mentioned: Mentioned

    @property
    def language(self) -> Language:
        return self.said.language

    def read(self) -> Meaning:
        possible, unsure = self._understood(self.said, self.mentioned)
        first = possible[0] if possible else None
        hinted = self._hinted(possible)
        if hinted is not None:
            return hinted
        possible = [reading for reading in possible if reading.intent.name not in HINTS]
        if first is None or unsure or first.cost > 0 or self._is_weak(first.intent):
            parts = self._parts()
            if parts:
                return Meaning(tuple(parts))
        guesses = [reading for reading in possible if not self._is_weak(reading.intent)] if unsure else []
        if guesses:
            return Meaning(guesses=tuple({self._text(each): each for each in reversed(guesses[:2])}.values())[::-1])
        return Meaning(tuple(possible[:1]))

    def _text(self, reading: Reading) -> str:
        return reading.text or self.said.text

    def _understood(self, said: Utterance, mentioned: Mentioned) -> tuple[list[Reading], bool]:
        """The readings that make sense now, what is of the last resort at the end."""
        context = self._knowing(mentioned)
        found = self.reader.understander.understand(said, context)
        if mentioned.place is not None and _BARE_THERE.search(said.text) and self._useless(found.readings):
            text = _BARE_THERE.sub(r"in \1", said.text)
            found = self.reader.understander.understand(structs.replace(said, text=text, alternatives=()), context)
        if found.unsure or self._guessed(found.readings):
            plain = self._unplaced(said, context) or self._without_too(said, context)
            if plain:
                return self._possible(plain), False
        possible = self._possible(found.readings)
        return possible, found.unsure and bool(possible) and possible[0] is found.readings[0]

    def _guessed(self, readings: Sequence[Reading]) -> bool:
        return self._useless(readings) or readings[0].cost > 0

    def _unplaced(self, said: Utterance, context: Context) -> Sequence[Reading]:
        """What would be understood word for word if the speaker stood in a place; which one is asked later."""
        if context.area is not None or self.reader.literal is None:
            return ()
        somewhere = structs.replace(context, area=ANYWHERE)
        found = self.reader.literal.read(said.text, self.language, somewhere, said.confidence)
        return () if self._useless(found) else found

    def _knowing(self, mentioned: Mentioned) -> Context:
        return structs.replace(self.context, referents=self.reader.referents.names(mentioned, self.language))

    def _without_too(self, said: Utterance, context: Context) -> Sequence[Reading]:
        """书房的灯也关掉 says all that it takes, without 也 in it."""
        if self.language != "zh" or "也" not in said.text or self.reader.literal is None:
            return ()
        text = said.text.replace("也", "", 1)
        found = self.reader.literal.read(text, self.language, context, said.confidence)
        return () if self._useless(found) else found

    def _possible(self, readings: Sequence[Reading]) -> list[Reading]:
        return sorted((each for each in readings if self._makes_sense(each.intent)), key=self._order)

    def _order(self, reading: Reading) -> int:
        """A bare "stop" is always heeded; what is of the last resort comes last."""
        if reading.intent.name in HEEDED:
            return 0
        return 2 if self.reader.intents.is_last_resort(reading.intent.name) else 1

    def _useless(self, readings: Sequence[Reading]) -> bool:
        return all(self._is_weak(reading.intent) for reading in readings)

    def _is_weak(self, intent: Intent) -> bool:
        """Rather something else, if there is anything else."""
        return intent.name in HINTS or self.reader.intents.is_last_resort(intent.name)

    def _makes_sense(self, intent: Intent) -> bool:
        if intent.name == VALUE and (self.context.ask is not None or not self.mentioned.things):
            return False
        if intent.name in HINTS:
            return self._before() is not None
        if intent.name in _ONLY_ASKED:
            asked = self.context.ask
            return asked is not None and (intent.name != "core.no" or asked.expect != "yes_no")
        return intent.name != "core.choose" or self._line(intent) is not None

    def _before(self) -> Exchange | None:
        """The request that a hint lives on."""
        meant = (e for e in reversed(self.conversation.history) if e.meant and not e.meant.name.startswith("core."))
        return next((e for e in meant if e.language == self.language), None)

    def _line(self, intent: Intent) -> str | None:
        """The line of the list on the screen that was chosen by its number."""
        card = self.conversation.history[-1].card if self.conversation.history else None
        number = intent.slots.get("number")
        if not isinstance(card, ListCard) or not isinstance(number, int | float):
            return None
        return card.items[int(number) - 1].value if 1 <= number <= len(card.items) else None

    def _hinted(self, possible: Sequence[Reading]) -> Meaning | None:
        for reading in sorted(
            possible, key=lambda each: "time" not in each.intent.slots and self._is_weak(each.intent)
        ):
            if reading.intent.name == "core.choose":
                line = self._line(reading.intent)
                chosen = self._clear(self._as(line or ""), self.mentioned)
                if chosen is not None:
                    return Meaning((chosen,))
            if reading.intent.name not in HINTS:
                return None
            completed = self._completed(reading.intent)
            if completed is not None:
                return Meaning((completed,), corrects=reading.intent.name == "core.correct")
            valued = self._valued(reading.intent.slots)
            if valued is not None:
                return Meaning((valued,))
        return None

    def _completed(self, hint: Intent) -> Reading | None:
        before = self._before()
        if before is None or before.meant is None:
            return None
        if hint.name == "core.more":
            return (
                Reading(before.meant, before.sentence) if self.reader.intents.repeats(before.meant.name) else None
            )
        said = {key: value for key, value in hint.slots.items() if key != "fragment" and not key.startswith("not_")}
        if not self._is_same_verb(hint, before):
            return self._whole(self.said.text.replace("也", "", 1))
        if said and self.reader.sentences is not None:
            intent = self.reader.sentences.completed(before.meant, said, self.language)
            if intent is not None:
                return Reading(structs.replace(intent, source="followup"), before.sentence)
        for fragment in fragments(str(hint.slots.get("fragment", "")), self.said.text, said):
            reading = self._whole(fragment) or self._blended(before.sentence, fragment, before.meant)
            if reading is not None:
                return reading
        return None

    @staticmethod
    def _is_same_verb(hint: Intent, before: Exchange) -> bool:
        """书房也关掉 is no hint at what was switched on."""
        verb = str(hint.slots.get("fragment", "")) if {"area", "name"} & hint.slots.keys() else ""
        key = [character for character in verb if character in _VERBS]
        return all(character in before.sentence for character in key or verb)

    def _valued(self, said: Slots) -> Reading | None:
        """A bare value is for what was spoken of last."""
        number = next((said[kind] for kind in _VALUES if kind in said), None)
        if not self.mentioned.things or not isinstance(number, int | float):
            return None
        texts = (text.format(f"{number:g}") for text in _SETTING[self.language])
        return next((found for text in texts if (found := self._clear(self._as(text), self.mentioned))), None)

    def _whole(self, fragment: str) -> Reading | None:
        """What follows the hint may be a sentence by itself."""
        reading = self._clear(self._as(fragment), self.mentioned)
        return reading if reading and not reading.intent.name.startswith("core.") else None

    def _clear(self, said: Utterance, mentioned: Mentioned) -> Reading | None:
        """The reading of something that is understood word for word."""
        possible, unsure = self._read_plainly(said, mentioned)
        if not possible or unsure or possible[0].cost > 0:
            return None
        reading = possible[0]
        if self._is_weak(reading.intent) or reading.intent.name in (ANSWER, "core.choose"):
            return None
        return structs.replace(reading, text=reading.text or said.text)

    def _read_plainly(self, said: Utterance, mentioned: Mentioned) -> tuple[list[Reading], bool]:
        """Nothing is guessed at where one of many ways to put it is tried."""
        if self.reader.literal is None:
            return self._understood(said, mentioned)
        context = self._knowing(mentioned)
        found = self.reader.literal.read(said.text, self.language, context, said.confidence)
        if self._useless(found) and mentioned.place is not None and _BARE_THERE.search(said.text):
            found = self.reader.literal.read(_BARE_THERE.sub(r"in \1", said.text), self.language, context)
        if self._useless(found):
            found = self._unplaced(said, context) or found
        return self._possible(found), False

    def _blended(self, sentence: str, fragment: str, meant: Intent, same: bool = False) -> Reading | None:
        """`fragment` put into the sentence before it, where that gives one that is understood."""
        if not fragment:
            return None
        kin: Reading | None = None
        for text in blends(sentence, fragment, self.language):
            reading = self._clear(self._as(text), self.mentioned)
            if reading is None or self._adds_nothing(reading.intent, meant):
                continue
            if reading.intent.name == meant.name:
                return reading
            if not same and kin is None and self._are_kin(reading.intent, meant):
                kin = reading
        return kin

    def _are_kin(self, one: Intent, other: Intent) -> bool:
        """Of one skill."""
        return self.reader.intents.owner(one.name) == self.reader.intents.owner(other.name)

    def _adds_nothing(self, intent: Intent, before: Intent) -> bool:
        """It means the same as before, or the fragment was swallowed by a slot that takes any words."""
        if (intent.name, intent.slots) == (before.name, before.slots):
            return True
        sentences = self.reader.sentences
        return sentences is not None and sentences.takes_any_words(intent, before, self.language)

    def _parts(self) -> list[Reading] | None:
        """Several requests in one breath, in as few parts as can be, each of which is understood."""
        if len(self.said.text) > SPLIT_CHARS_MAX:
            return None
        joints = list(joints_of(self.said.text, self.language))
        for count in range(1, len(joints) + 1):
            for chosen in combinations(joints, count):
                texts = list(cut(self.said.text, chosen))
                readings = self._all_read(texts)
                if readings:
                    return readings
        return self._shared(joints[0]) if len(joints) == 1 else None

    def _shared(self, joint: tuple[int, int]) -> list[Reading] | None:
        """Two things that share what is said before and after them: "turn off the kitchen and bedroom lights"."""
        left, right = even(self.said.text[: joint[0]]), even(self.said.text[joint[1] :])
        for (before, first), (second, after) in product(tails(left), heads(right)):
            readings = [self._clear(self._as(before + each + after), self.mentioned) for each in (first, second)]
            one, other = readings
            if one and other and one.intent.name == other.intent.name and one.intent.slots != other.intent.slots:
                return [one, other]
        return None

    def _as(self, text: str) -> Utterance:
        """Said instead."""
        return structs.replace(self.said, text=text, alternatives=())

    def _all_read(self, texts: Sequence[str]) -> list[Reading] | None:
        """One reading a part; a part that lacks something takes it from the one before, or the one after."""
        readings: list[Reading] = []
        mentioned = self.mentioned
        for number, text in enumerate(texts):
            part = self._as(text)
            bare = self.reader.referents.is_name(text, self.language)
            reading = None if bare else self._clear(part, mentioned)
            if reading is None and readings:
                reading = self._blended(readings[-1].text, text, readings[-1].intent, same=True)
            if reading is None and not readings and number + 1 < len(texts):
                following = self._clear(structs.replace(part, text=texts[number + 1]), mentioned)
                if following is not None:
                    reading = self._blended(following.text, text, following.intent, same=True)
            if reading is None:
                return None
            readings.append(structs.replace(reading, text=reading.text or text))
            mentioned = self.reader.referents.after(reading.intent, mentioned, self.language)
        return readings
