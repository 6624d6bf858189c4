"""One error of the ear in a name or a number: what is still done right, what is asked, what is done wrong.

Sentences are drawn from the skills' own templates. The errors come from a pronouncing dictionary and from pinyin,
and know nothing of how we understand. A sentence that the error turns into another valid one, word for word, is
counted apart: nobody can know what was meant. Beside us stands hassil's `recognize_best` on those of the sentences
whose clean form it understands; it takes no guesses and knows no question. Times are of one thread's own work.

With `--out-of-scope FOLDER` (CLINC150 and HWU64 in it), also: how many requests of domains that no skill of ours
has are taken for a command. A command is an intent that would change something; an answer such as "there is no
piano here" or a time of day changes nothing.
"""

import argparse
import gc
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import noise_english
import noise_mandarin
from hassil import Intents, recognize_best
from hassil.intents import TextSlotList
from home_assistant_intents import get_intents
from noise_homes import FixedNames, Languages, demo_home, large_home, sentence_files
from noise_scope import INSIDE, outside_requests
from noise_sentences import NAME, NUMBER, Piece, Said, Sampler
from report import save, table

from jingling.core.turn import Intent, Language, Utterance
from jingling.language.base import Context, Reading, Understanding
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import load_all

EACH = 500
CONTEXT = Context(datetime(2026, 11, 22, 9, tzinfo=UTC))
CHANGES_NOTHING = frozenset(
    (
        *(
            "HassGetState",
            "HassClimateGetTemperature",
            "HassTimerStatus",
            "HassGetCurrentTime",
            "HassGetCurrentDate",
        ),
        *("home.unknown", "home.reading", "home.battery", "timers.listAlarms", "timers.listReminders"),
        *("clock.dayOf", "clock.daysUntil", "coffee.coffeeStatus", "help.whatToSay"),
    )
)
"""Intents that only answer; those of `core` ("stop", "and the bedroom?") do nothing without a conversation."""
RIGHT, ASKED, ASKED_WRONG, NOTHING, WRONG_ANSWER, WRONG_ACTION = (
    *("right", "asked, right", "asked, wrong", "not understood", "wrong answer", "WRONG ACTION"),
)
_PACKAGED: dict[Language, str] = {"en": "en", "zh": "zh-CN"}


def misheard(said: Said, language: Language, chance: random.Random) -> str:
    """`said` with one error in one of its names or numbers; as it is when none could be made."""
    places = [at for at, piece in enumerate(said.pieces) if piece.kind in (NAME, NUMBER)]
    at = chance.choice(places)
    text = said.pieces[at].text
    if language == "en":
        heard = " ".join(noise_english.misheard(text.lower().replace("-", " ").split(), chance))
    else:
        heard = noise_mandarin.misheard(text, chance)
    pieces = (*said.pieces[:at], Piece(heard), *said.pieces[at + 1 :])
    return Said(said.intent, pieces).text


def changes(intent: Intent) -> bool:
    return intent.name not in CHANGES_NOTHING and not intent.name.startswith("core.")


def verdict(truth: Intent, found: Understanding) -> str:
    """What would come of `found` when `truth` was meant."""
    if found.intent is None:
        return NOTHING
    same = (found.intent.name, found.intent.slots) == (truth.name, truth.slots)
    if found.unsure:
        return ASKED if same else ASKED_WRONG
    if found.intent.name == "home.unknown" or found.intent.name.startswith("core."):
        return RIGHT if same else NOTHING
    return RIGHT if same else WRONG_ACTION if changes(found.intent) else WRONG_ANSWER


def is_clean(found: Understanding, intent: str) -> bool:
    best = found.readings[0] if found.readings else None
    return best is not None and not found.unsure and best.cost == 0 and best.intent.name == intent


def measured(names: FixedNames, language: Language, count: int, seed: int, shown: int) -> dict[str, Any]:
    understander = understander_of(names)
    chance = random.Random(seed)
    banks, _ = load_all(sentence_files())
    sampler = Sampler(banks[language], names.names(language), chance)
    peer = Peer(names, language)
    tally: Counter[str] = Counter()
    peer_tally: Counter[str] = Counter()
    gc.freeze()
    seconds: list[float] = []
    shown_left = shown
    while len(seconds) < count:
        said = sampler.sentence()
        if said is None:
            continue
        truth = understander.understand(Utterance(said.text, language), CONTEXT)
        noisy = misheard(said, language, chance)
        if not is_clean(truth, said.intent) or noisy == said.text or truth.intent is None:
            continue
        begun = time.thread_time()
        found = understander.understand(Utterance(noisy, language), CONTEXT)
        seconds.append(time.thread_time() - begun)
        kind = verdict(truth.intent, found)
        best = found.readings[0] if found.readings else None
        if best and best.cost == 0 and not best.free and kind in (WRONG_ACTION, WRONG_ANSWER):
            kind = "another sentence"
        tally[kind] += 1
        peer_tally.update(peer.verdicts(said.text, noisy))
        if kind not in (RIGHT, ASKED) and shown_left:
            shown_left -= 1
            print(f"  {kind}: {said.text!r} → {noisy!r} as {shown_as(best)}")
    return {"tally": tally, "peer": peer_tally, "milliseconds": spent(seconds)}


def shown_as(reading: Reading | None) -> str:
    return f"{reading.text!r} {reading.intent.slots} ({reading.cost:.2f})" if reading else "nothing"


def strangers(home: FixedNames, others: FixedNames, language: Language, count: int, seed: int) -> Counter[str]:
    """What becomes of sentences without any error about things and rooms that are not there."""
    chance = random.Random(seed)
    understander = understander_of(home)
    banks, _ = load_all(sentence_files())
    sampler = Sampler(banks[language], others.names(language), chance)
    tally: Counter[str] = Counter()
    while sum(tally.values()) < count:
        said = sampler.sentence()
        if said is None or not any(piece.kind == NAME for piece in said.pieces):
            continue
        found = understander.understand(Utterance(said.text, language), CONTEXT)
        if found.intent is None or not changes(found.intent):
            tally["nothing done"] += 1
        elif found.readings[0].cost == 0 and not found.unsure:
            tally["taken as said"] += 1
        else:
            tally["asked" if found.unsure else WRONG_ACTION] += 1
    return tally


def spent(seconds: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(seconds) * 1000, 2),
        "p99": round(quantiles(seconds, n=100)[98] * 1000, 2),
    }


class Peer:
    """hassil by itself, with the packaged sentences and the same names."""

    def __init__(self, names: FixedNames, language: Language) -> None:
        self._language = _PACKAGED[language]
        self._intents = Intents.from_dict(get_intents(self._language))
        self._lists = {
            kind: TextSlotList.from_tuples(
                [(one.text, one.value, one.context) for one in names.names(language) if one.kind == kind], name=kind
            )
            for kind in ("name", "area", "floor")
        }

    def verdicts(self, clean: str, noisy: str) -> Iterator[str]:
        truth = self._meant(clean)
        if truth is not None:
            found = self._meant(noisy)
            yield RIGHT if found == truth else NOTHING if found is None else "wrong"

    def _meant(self, text: str) -> tuple[str, dict[str, Any]] | None:
        found = recognize_best(text, self._intents, slot_lists=self._lists, language=self._language)
        if found is None:
            return None
        return found.intent.name, {entity.name: entity.value for entity in found.entities_list}


def shares(tally: Counter[str]) -> dict[str, float]:
    """Percent; of all but those that became another valid sentence."""
    total = sum(count for kind, count in tally.items() if kind != "another sentence") or 1
    return {kind: round(100 * count / total, 1) for kind, count in tally.items()}


KINDS = (RIGHT, ASKED, ASKED_WRONG, NOTHING, WRONG_ANSWER, WRONG_ACTION)


def row(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    tally, percent = found["tally"], shares(found["tally"])
    times = found["milliseconds"]
    return (
        name,
        str(sum(tally.values())),
        *(f"{percent.get(kind, 0):.1f} %" for kind in KINDS),
        str(tally["another sentence"]),
        f"{times['median']:.1f} / {times['p99']:.1f}",
    )


def peer_row(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    tally = found["peer"]
    percent = {kind: 100 * count / (sum(tally.values()) or 1) for kind, count in tally.items()}
    cells = (percent.get(RIGHT, 0), 0, 0, percent.get(NOTHING, 0), 0, percent.get("wrong", 0))
    return (f"  hassil {name}", str(sum(tally.values())), *(f"{cell:.1f} %" for cell in cells), "", "")


@cache
def understander_of(names: FixedNames) -> TemplateUnderstander:
    return TemplateUnderstander(sentence_files(), names)


def scope(folder: Path, count_max: int, seed: int, shown: int) -> dict[str, Any]:
    """How requests outside our skills are taken, with the demo home's names."""
    understander = understander_of(demo_home())
    requests = outside_requests(folder)
    if count_max and len(requests) > count_max:
        requests = random.Random(seed).sample(requests, count_max)
    tally: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for label, text in requests:
        found = understander.understand(Utterance(text, "en"), CONTEXT)
        if found.intent is None:
            continue
        kind = "command" if changes(found.intent) else "answer"
        kind = f"asked: {kind}" if found.unsure else f"{kind}, {'guessed' if found.readings[0].cost else 'as said'}"
        tally[kind] += 1
        if kind.startswith("command"):
            labels[label] += 1
            if sum(labels.values()) <= shown:
                print(f"  {kind}: {label}: {text!r} as {found.readings[0].intent.name} {found.readings[0].text!r}")
    return {"requests": len(requests), "taken": dict(tally), "labels": dict(labels.most_common(12))}


def show_scope(found: dict[str, Any]) -> None:
    total = found["requests"] or 1
    rows = [(kind, str(count), f"{100 * count / total:.2f} %") for kind, count in sorted(found["taken"].items())]
    print(table((f"of {found['requests']} requests outside our skills", "taken", "share"), rows))
    print("labels counted as inside our skills:", " ".join(sorted(INSIDE)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=EACH, help="sentences a language and home")
    parser.add_argument("--languages", default="en,zh")
    parser.add_argument("--out-of-scope", type=Path, metavar="FOLDER", help="with CLINC150 and HWU64 in it")
    parser.add_argument(
        "--scope-max", type=int, default=0, help="only so many of those requests, drawn by the seed"
    )
    parser.add_argument("--show", type=int, default=0, help="print so many that did not go right")
    options = parser.parse_args()
    homes = {"demo home": demo_home(), "1,000 names": large_home(1000, options.seed)}
    wanted = [language for language in Languages if language in options.languages.split(",")]
    found: dict[str, Any] = {}
    for home, names in homes.items():
        for language in wanted:
            one = measured(names, language, options.count, options.seed, options.show)
            found[f"{language} {home}"] = one
    if found:
        head = ("one error in a name or number", "sentences", *KINDS, "became another", "ms: median / p99")
        print(table(head, [line for name, one in found.items() for line in (row(name, one), peer_row(name, one))]))
    unknown = {one: strangers(*homes.values(), one, options.count, options.seed) for one in wanted}
    for language, tally in unknown.items():
        print(f"{language}, things that are not there: " + ", ".join(f"{n} {kind}" for kind, n in tally.items()))
    if options.out_of_scope:
        found["out of scope"] = scope(options.out_of_scope, options.scope_max, options.seed, options.show)
        show_scope(found["out of scope"])
    else:
        print(
            "Requests outside our skills were not tried: give --out-of-scope FOLDER with CLINC150 and HWU64 in it."
        )
    save("noise", {"seed": options.seed, "not there": unknown, **found})


if __name__ == "__main__":
    main()
