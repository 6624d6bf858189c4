"""`jingling language explain|sample|check|values`: for those who write sentences."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import click

from jingling.app import App
from jingling.cli.asking import own_hub, run
from jingling.core.clock import SystemClock
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.language.authoring.check import Checker, Finding
from jingling.language.authoring.explain import explain as explained
from jingling.language.authoring.explain import record
from jingling.language.authoring.sample import Sample, Sampler
from jingling.language.base import Context
from jingling.language.templates import CORE, Bank, Template
from jingling.language.text import detect
from jingling.language.values.free import everything
from jingling.settings import SpeechSettings

F = TypeVar("F", bound=Callable[..., Any])
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@click.group()
def language() -> None:
    """Look into what is understood: explain a sentence, sample a skill, check its templates."""


def _options(command: F) -> F:
    """--home, --skills, --language, --json."""
    options = (
        click.option("--home", type=click.Path(path_type=Path), help="A home file; the demo home when absent."),
        click.option("--skills", multiple=True, type=click.Path(path_type=Path), help="A folder of more skills."),
        click.option("--language", "spoken", type=click.Choice(LANGUAGES), help="Both (or as it is written)."),
        click.option("--json", "as_json", is_flag=True, help="One JSON line for each."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@language.command()
@click.argument("texts", nargs=-1, required=True)
@click.option("--place", help="The id of the place where it is said (kitchen, bedroom, …).")
@_options
def explain(
    texts: tuple[str, ...], place: str | None, spoken: Language | None, as_json: bool, **chosen: Any
) -> None:
    """Why each TEXT is understood as it is: template, file and line, slots, rivals and scores."""
    run(_explain(texts, place, spoken, as_json, **chosen))


async def _explain(
    texts: tuple[str, ...], place: str | None, spoken: Language | None, as_json: bool, **chosen: Any
) -> None:
    async with _hub(**chosen) as app:
        for text in texts:
            tongue = spoken or app.understander.detect(text)
            context = Context(app.clock.now(), area=_area(app, place, tongue))
            if as_json:
                click.echo(json.dumps(record(app.understander, text, tongue, context), ensure_ascii=False))
            else:
                click.echo("\n".join(explained(app.understander, text, tongue, context)))


@language.command()
@click.argument("names", nargs=-1)
@click.option("--count", default=3, show_default=True, help="Sentences for each template.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same sentences.")
@_options
def sample(
    names: tuple[str, ...], count: int, seed: int, spoken: Language | None, as_json: bool, **chosen: Any
) -> None:
    """Sentences that people may say, with what they mean. NAMES are skills or intents; all when absent."""
    run(_sample(names, count, seed, spoken, as_json, **chosen))


async def _sample(
    names: tuple[str, ...], count: int, seed: int, spoken: Language | None, as_json: bool, **chosen: Any
) -> None:
    async with _hub(**chosen) as app:
        for tongue, templates, sampler in _each(app, names, spoken, seed):
            for template in templates:
                for one in sampler.samples(template, count):
                    click.echo(_sampled(one, tongue, as_json))


def _sampled(one: Sample, tongue: Language, as_json: bool) -> str:
    if as_json:
        fields = {"text": one.text, "language": tongue, "intent": one.intent.name, "slots": one.intent.slots}
        return json.dumps({**fields, "area": one.area}, ensure_ascii=False)
    slots = json.dumps(one.intent.slots, ensure_ascii=False, sort_keys=True)
    return f"{one.text}  → {one.intent.name} {slots}{f'  (in {one.area})' if one.area else ''}"


@language.command()
@click.argument("names", nargs=-1)
@click.option("--seed", default=1, show_default=True, help="The same seed tries the same sentences.")
@click.option("--all", "everything", is_flag=True, help="Also what cannot be said in this home.")
@_options
def check(
    names: tuple[str, ...], seed: int, everything: bool, spoken: Language | None, as_json: bool, **chosen: Any
) -> None:
    """Dead, ambiguous and clashing templates. NAMES are skills or intents; all when absent.

    Ends with code 1 when a template is dead or clashes with one of another skill.
    """
    bad = run(_check(names, seed, everything, spoken, as_json, **chosen))
    if bad:
        raise SystemExit(1)


async def _check(
    names: tuple[str, ...], seed: int, everything: bool, spoken: Language | None, as_json: bool, **chosen: Any
) -> int:
    counts: dict[str, int] = {"templates": 0}
    async with _hub(**chosen) as app:
        for tongue, templates, sampler in _each(app, names, spoken, seed):
            counts["templates"] += len(templates)
            checker = Checker(app.understander, sampler, tongue, app.clock.now())
            for finding in checker.check(templates):
                counts[finding.kind] = counts.get(finding.kind, 0) + 1
                if everything or finding.kind != "unsayable":
                    click.echo(_found(finding, tongue) if as_json else f"{finding.kind}: {finding.sentence()}")
    click.echo(", ".join(f"{count} {kind}" for kind, count in counts.items()), err=as_json)
    return counts.get("dead", 0) + counts.get("clash", 0)


def _found(finding: Finding, tongue: Language) -> str:
    rival = finding.taken_by
    fields = {
        "kind": finding.kind,
        "language": tongue,
        "where": finding.where,
        "intent": finding.template.intent,
        "template": finding.template.sentence.text,
        "text": finding.text,
        "lost": finding.lost,
        "tried": finding.tried,
        "taken_by": {"intent": rival.intent.name, "where": rival.where} if rival else None,
    }
    return json.dumps(fields, ensure_ascii=False)


@language.command()
@click.argument("texts", nargs=-1, required=True)
@click.option("--language", "spoken", type=click.Choice(LANGUAGES), help="As it is written, when absent.")
@click.option("--now", type=click.DateTime(), help="When it is said; now, when absent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each value.")
def values(texts: tuple[str, ...], spoken: Language | None, now: datetime | None, as_json: bool) -> None:
    """The numbers, amounts, dates, times, ranges and repetitions in each TEXT, and what they come to."""
    clock = SystemClock()
    for text in texts:
        for one in everything(text, spoken or detect(text), now or clock.now()):
            fields = {"kind": one.kind, "text": one.text, "start": one.start, "resolutions": one.resolutions}
            said = ", or ".join(
                " ".join(f"{key} {value}" for key, value in each.items()) for each in one.resolutions
            )
            click.echo(json.dumps(fields, ensure_ascii=False) if as_json else f"{one.kind}: “{one.text}” → {said}")


@asynccontextmanager
async def _hub(home: Path | None, skills: tuple[Path, ...]) -> AsyncIterator[App]:
    async with own_hub(home=home, skills=skills, speech=SpeechSettings(enabled=False)) as app:
        yield app


def _each(
    app: App, names: tuple[str, ...], spoken: Language | None, seed: int
) -> Iterator[tuple[Language, list[Template], Sampler]]:
    """For each language the templates of the skills or intents `names`. Raises BadInput for an unknown name."""
    for tongue in (spoken,) if spoken else LANGUAGES:
        bank = app.templates.bank(tongue)
        sampler = Sampler(bank, app.templates.names(tongue), Random(seed), app.clock.now())
        yield tongue, _chosen(bank, names), sampler


def _chosen(bank: Bank, names: tuple[str, ...]) -> list[Template]:
    known = {template.skill for template in bank.templates} | {template.intent for template in bank.templates}
    for name in names:
        if name not in known:
            skills = ", ".join(sorted({template.skill for template in bank.templates} - {CORE}))
            raise BadInput(f"there is no skill and no intent {name!r}; the skills are {skills}")
    return [one for one in bank.templates if not names or one.skill in names or one.intent in names]


def _area(app: App, place_id: str | None, tongue: Language) -> str | None:
    if place_id is None:
        return None
    place = app.home.place(place_id)
    if place is None:
        raise BadInput(f"there is no place {place_id!r}; known are {', '.join(one.id for one in app.home.places)}")
    return place.name(tongue)
