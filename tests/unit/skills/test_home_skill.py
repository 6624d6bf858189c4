"""The home skill, handled with intents as the packaged sentences give them."""

from pathlib import Path
from typing import Any

import pytest

import jingling.skills
from fakes.flat import Flat
from jingling.core.card import ListCard, ThingsCard
from jingling.core.clock import VirtualClock
from jingling.core.command import Risk
from jingling.core.turn import Intent, Language, Reply, Turn, Utterance
from jingling.home.commands import RunAction
from jingling.language.base import Example
from jingling.schedule.model import Entry
from jingling.sdk.kit import Kit
from jingling.sdk.replies import SkillReplies
from jingling.skills.home.skill import Home

FOLDER = Path(jingling.skills.__file__).parent / "home"
REPLIES = SkillReplies.load(FOLDER)


class Quiet:
    """Neither a schedule nor help has anything to say."""

    def entries(self, kind: str | None = None) -> list[Entry]:
        return []

    def examples(self, language: str) -> list[Example]:
        return []


class Room:
    """Someone who stands in a place of the flat and speaks; what was talked of is kept."""

    def __init__(self, flat: Flat, place: str | None = "bedroom", language: Language = "en") -> None:
        self.flat = flat
        self.place = place
        self.language = language
        self.memory: dict[str, Any] = {}
        self.skill = Home(Kit("home", REPLIES, VirtualClock(), flat, Quiet(), Quiet()))

    async def mean(self, intent_name: str, text: str = "", /, **slots: Any) -> Reply:
        intent = Intent(intent_name, slots)
        turn = Turn("t", "home", "d", Utterance(text, self.language), intent, self.place, memory=self.memory)
        return await self.skill.handle(turn, self.flat)


@pytest.fixture
def flat() -> Flat:
    return Flat()


async def test_a_thing_is_switched_by_its_name(flat: Flat) -> None:
    reply = await Room(flat).mean("HassTurnOn", name="kettle")
    assert reply.speech == "The kettle is on."
    assert flat.told() == [("kettle", "power", True)]
    assert reply.card == ThingsCard("kitchen", ("kettle",))


async def test_lights_of_a_place_are_answered_for_as_one(flat: Flat) -> None:
    reply = await Room(flat).mean("HassTurnOff", area="bedroom", domain="light")
    assert reply.speech == "The lights in the bedroom are off."
    assert flat.told() == [("bedroom_ceiling", "power", False), ("lamp", "power", False)]


async def test_no_place_means_the_whole_home(flat: Flat) -> None:
    reply = await Room(flat, language="zh").mean("HassTurnOff", domain="light")
    assert reply.speech == "所有灯关了。"
    assert len(flat.told()) == 3


async def test_all_lights_are_meant_although_the_speaker_stands_somewhere(flat: Flat) -> None:
    await Room(flat).mean("HassTurnOn", area="bedroom", domain="light", everywhere=True)
    assert len(flat.told()) == 3


async def test_a_floor_is_known_by_its_name(flat: Flat) -> None:
    reply = await Room(flat).mean("HassTurnOff", floor="upper floor", domain="light")
    assert reply.speech == "The lights on the upper floor are off."
    assert [thing_id for thing_id, _, _ in flat.told()] == ["bedroom_ceiling", "lamp"]


async def test_of_two_things_of_one_name_the_one_nearby_is_meant(flat: Flat) -> None:
    reply = await Room(flat, "kitchen").mean("HassTurnOff", name="ceiling light")
    assert reply.speech == "The ceiling light in the kitchen is off."
    assert flat.told() == [("kitchen_ceiling", "power", False)]


async def test_of_two_things_of_one_name_the_place_said_decides(flat: Flat) -> None:
    await Room(flat, "kitchen").mean("HassTurnOn", name="ceiling light", area="bedroom")
    assert flat.told() == [("bedroom_ceiling", "power", True)]


async def test_which_one_is_asked_when_none_is_nearby(flat: Flat) -> None:
    reply = await Room(flat, "balcony").mean("HassTurnOn", name="ceiling light")
    assert reply.speech == "Which one: the ceiling light in the kitchen or the ceiling light in the bedroom?"
    assert flat.done == []
    assert isinstance(reply.card, ListCard)
    assert [(item.value, item.subtitle) for item in reply.card.items] == [
        ("kitchen_ceiling", "kitchen"),
        ("bedroom_ceiling", "bedroom"),
    ]
    assert reply.ask is not None
    assert (reply.ask.slot, reply.ask.expect, reply.ask.intent.name) == ("which", "home/which", "HassTurnOn")


@pytest.mark.parametrize("which", [2, "2", "bedroom", "卧室", "bedroom_ceiling"])
async def test_the_answer_may_be_a_number_a_place_or_a_tap(flat: Flat, which: object) -> None:
    await Room(flat, "balcony").mean("HassTurnOn", name="ceiling light", which=which)
    assert flat.told() == [("bedroom_ceiling", "power", True)]


async def test_an_answer_that_is_none_of_them_asks_again(flat: Flat) -> None:
    reply = await Room(flat, "balcony").mean("HassTurnOn", name="ceiling light", which=7)
    assert reply.ask is not None
    assert flat.done == []


async def test_what_is_not_here_is_named_with_where_it_is(flat: Flat) -> None:
    room = Room(flat, "kitchen")
    assert (await room.mean("HassTurnOn", name="reading lamp", area="kitchen")).speech == (
        "The reading lamp is in the bedroom."
    )
    assert (await room.mean("HassTurnOn", "turn on the balcony lights", area="balcony", domain="light")).speech == (
        "There are no lights on the balcony. There are some in the kitchen and in the bedroom."
    )
    assert (await room.mean("HassTurnOn", area="cellar", domain="light")).speech == (
        "I don't know a place called cellar. I know the kitchen, the bedroom and the balcony."
    )
    assert flat.done == []


async def test_the_only_one_elsewhere_is_meant_when_the_place_was_not_said(flat: Flat) -> None:
    room = Room(flat, "kitchen")
    slots = {"area": "kitchen", "domain": "cover", "device_class": "curtain"}
    assert (await room.mean("HassTurnOn", "open the curtain in the kitchen", **slots)).speech == (
        "There are no curtains in the kitchen. There are some in the bedroom."
    )
    assert (await room.mean("HassTurnOn", "open the curtain", **slots)).speech == "Opening the roller blind."
    assert flat.told() == [("blind", "position", 100)]


async def test_a_cover_that_is_there_already_is_not_said_to_move(flat: Flat) -> None:
    reply = await Room(flat).mean("HassTurnOff", name="roller blind")
    assert reply.speech == "The roller blind is closed."


async def test_what_fails_among_several_is_named(flat: Flat) -> None:
    flat.lost = {"lamp"}
    reply = await Room(flat).mean("HassTurnOn", area="bedroom", domain="light")
    assert reply.speech == ("The ceiling light in the bedroom is on. I can't reach the reading lamp right now.")


async def test_a_color_is_sent_as_a_lamp_takes_it(flat: Flat) -> None:
    reply = await Room(flat, language="zh").mean("HassLightSet", name="阅读灯", color="blue")
    assert reply.speech == "阅读灯变成蓝色了。"
    assert flat.told() == [("lamp", "color", "#0000ff")]


async def test_only_lamps_that_can_take_a_color_are_told(flat: Flat) -> None:
    await Room(flat).mean("HassLightSet", area="bedroom", domain="light", color="red")
    assert flat.told() == [("lamp", "color", "#ff0000")]
    reply = await Room(flat).mean("HassLightSet", area="kitchen", domain="light", color="red")
    assert reply.speech == "The ceiling light in the kitchen cannot do that."


async def test_a_brightness_wakes_a_lamp_and_zero_puts_it_out(flat: Flat) -> None:
    room = Room(flat, "bedroom")
    await room.mean("HassLightSet", name="ceiling light", brightness=30)
    assert flat.told() == [("bedroom_ceiling", "brightness", 30), ("bedroom_ceiling", "power", True)]
    reply = await room.mean("HassLightSet", name="ceiling light", brightness=0)
    assert reply.speech == "The ceiling light in the bedroom is off."


async def test_dimming_changes_only_what_is_on_and_stays_within_bounds(flat: Flat) -> None:
    flat.become({"lamp": {"brightness": 10}})
    reply = await Room(flat).mean("home.dimmer")
    assert reply.speech == "The reading lamp is at 0%."
    assert flat.told() == [("lamp", "brightness", 0)]


async def test_several_lamps_brighter_are_not_given_one_number(flat: Flat) -> None:
    flat.become({"bedroom_ceiling": {"power": True}})
    reply = await Room(flat).mean("home.brighter", area="bedroom")
    assert reply.speech == "The lights in the bedroom are brighter."
    assert flat.told() == [("bedroom_ceiling", "brightness", 75), ("lamp", "brightness", 65)]


async def test_a_temperature_wakes_the_heater_and_knows_its_limit(flat: Flat) -> None:
    room = Room(flat)
    reply = await room.mean("HassClimateSetTemperature", area="bedroom", temperature=21.5)
    assert reply.speech == "The heater is set to 21.5 degrees."
    assert flat.told() == [("heater", "target_temperature", 21.5), ("heater", "power", True)]
    reply = await room.mean("HassClimateSetTemperature", name="heater", temperature=45)
    assert reply.speech == "The heater only goes to 30 degrees, so that is what it is set to."


async def test_unlocking_and_opening_the_home_wants_a_yes(flat: Flat) -> None:
    room = Room(flat, "kitchen")
    await room.mean("HassTurnOff", name="front door")
    await room.mean("HassTurnOn", name="garage door")
    await room.mean("HassTurnOn", name="front door")
    assert [(one.risk, one.read_back) for one in flat.done] == [
        (Risk.CONFIRM, "Unlock the front door?"),
        (Risk.CONFIRM, "Open the garage door?"),
        (Risk.NONE, ""),
    ]


async def test_questions_about_one_thing(flat: Flat) -> None:
    room = Room(flat, "kitchen")
    slots = {"state": "on", "question": "one_yesno"}
    assert (await room.mean("HassGetState", name="kettle", **slots)).speech == "No, the kettle is off."
    slots = {"state": "locked", "question": "one_yesno"}
    assert (await room.mean("HassGetState", name="front door", **slots)).speech == "Yes, the front door is locked."
    slots = {"state": "on", "question": "one_yesno"}
    assert (await room.mean("HassGetState", name="window", **slots)).speech == "Yes, the window is open."
    assert (await room.mean("HassGetState", name="reading lamp", question="one")).speech == (
        "The reading lamp is on at 40%."
    )


@pytest.mark.parametrize(
    ("question", "state", "answer"),
    [
        ("which", "on", "The ceiling light in the kitchen and the reading lamp are on."),
        ("any", "on", "Yes, the ceiling light in the kitchen and the reading lamp are on."),
        ("all", "on", "No, the ceiling light in the bedroom is off."),
        ("how_many", "on", "2 lights are on: the ceiling light in the kitchen and the reading lamp."),
        ("how_many", "off", "One light is off: the ceiling light in the bedroom."),
    ],
)
async def test_questions_about_many_things(flat: Flat, question: str, state: str, answer: str) -> None:
    reply = await Room(flat).mean("HassGetState", domain="light", state=state, question=question)
    assert reply.speech == answer
    assert flat.done == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("which", "没有灯开着。"),
        ("any", "没有，没有灯开着。"),
        ("all", "没有，厨房的吸顶灯、卧室的吸顶灯和阅读灯都关着。"),
    ],
)
async def test_when_nothing_is_on(flat: Flat, question: str, answer: str) -> None:
    flat.become({name: {"power": False} for name in ("kitchen_ceiling", "lamp")})
    reply = await Room(flat, language="zh").mean("HassGetState", domain="light", state="on", question=question)
    assert reply.speech == answer


async def test_windows_are_asked_for_as_covers_and_told_by_sensors(flat: Flat) -> None:
    slots = {"domain": "cover", "device_class": "window", "state": "open", "question": "which"}
    assert (await Room(flat).mean("HassGetState", **slots)).speech == "The window is open."


async def test_a_thing_that_is_lost_says_so(flat: Flat) -> None:
    flat.lost = {"kettle", "heater"}
    room = Room(flat)
    assert (await room.mean("HassTurnOn", name="kettle")).speech == "I can't reach the kettle right now."
    assert (await room.mean("HassGetState", name="kettle", state="on")).speech == (
        "I can't reach the kettle right now."
    )
    assert (await room.mean("HassClimateGetTemperature", area="bedroom")).speech == (
        "I can't reach the heater right now."
    )


async def test_the_temperature_comes_from_what_heats_when_there_is_no_sensor(flat: Flat) -> None:
    reply = await Room(flat).mean("HassClimateGetTemperature", area="bedroom")
    assert reply.speech == "It's 18.3 degrees in the bedroom."
    reply = await Room(flat, "kitchen").mean("HassClimateGetTemperature", "how warm is it", area="kitchen")
    assert reply.speech == "It's 18.3 degrees in the bedroom."


async def test_stopping_takes_the_cover_that_moves(flat: Flat) -> None:
    flat.become({"blind": {"state": "opening", "position": 30}})
    reply = await Room(flat, "kitchen").mean("home.stopCover", "stop", device_class="curtain")
    assert reply.speech == "The roller blind has stopped."
    assert flat.done == [RunAction(thing_id="blind", action="stop")]


async def test_everything_off_leaves_alone_what_is_off_and_what_guards_the_home(flat: Flat) -> None:
    await Room(flat).mean("home.everythingOff", everywhere=True)
    assert flat.told() == [("kitchen_ceiling", "power", False), ("lamp", "power", False)]


async def test_it_is_what_was_spoken_of_last(flat: Flat) -> None:
    room = Room(flat)
    assert (await room.mean("home.switchIt", power="off")).speech == (
        "I'm not sure what you mean. Say its name, please."
    )
    await room.mean("HassTurnOn", name="kettle")
    assert (await room.mean("home.switchIt", power="off")).speech == "The kettle is off."
    assert flat.told()[-1] == ("kettle", "power", False)


async def test_a_name_nobody_bears_gets_a_hint(flat: Flat) -> None:
    reply = await Room(flat, "kitchen").mean("home.unknown", something="disco ball")
    assert reply.speech == (
        "I don't know anything called disco ball. "
        "I know the ceiling light in the kitchen, the front door and the kettle."
    )
    reply = await Room(flat).mean("home.unknown", something="kettle and a song")
    assert reply.speech == "I know the kettle, but I didn't catch what to do."


async def test_a_touch_is_answered_on_the_screen_only(flat: Flat) -> None:
    room = Room(flat)
    reply = await room.mean("home.adjust", thing_id="lamp", name="brightness", value=70)
    assert (reply.speech, reply.spoken) == ("Done: the reading lamp.", False)
    await room.mean("home.adjust", thing_id="blind", name="stop", value=None)
    await room.mean("home.adjust", thing_id="door", name="locked", value=False)
    assert flat.told() == [("lamp", "brightness", 70), ("door", "locked", False)]
    assert flat.done[1] == RunAction(thing_id="blind", action="stop")
    assert flat.done[2].risk == Risk.CONFIRM


@pytest.mark.parametrize(("thing_id", "name"), [("lamp", "open"), ("window", "open"), ("gone", "power")])
async def test_a_touch_on_what_cannot_be_changed(flat: Flat, thing_id: str, name: str) -> None:
    reply = await Room(flat).mean("home.adjust", thing_id=thing_id, name=name, value=True)
    assert reply.speech
    assert not reply.spoken
    assert flat.done == []
