import pytest

from jingling.core.clock import VirtualClock
from jingling.core.command import Outcome, Risk
from jingling.core.errors import BadInput, NotReady
from jingling.core.thing import Place, Thing, ThingState
from jingling.home.commands import RunAction, SetProperty
from jingling.home.drivers.virtual import VirtualDriver
from jingling.home.events import ThingChanged, ThingFired
from jingling.home.kinds import kind_of
from jingling.home.model import Home
from jingling.home.service import HomeService


def thing(thing_id, type_, device_class=""):
    kind = kind_of(type_, device_class)
    properties = kind.properties | kind.features
    return Thing(thing_id, type_, {"en": (thing_id,)}, "hall", device_class, properties, kind.actions, kind.events)


PLACES = (Place("hall", {"en": ("hall",)}),)
HOME = Home(
    "home",
    {},
    PLACES,
    (
        thing("lamp", "light"),
        thing("curtain", "cover", "curtain"),
        thing("door", "lock"),
        thing("maker", "coffee_machine"),
    ),
)


class Heard:
    """A bus that keeps what it was given."""

    def __init__(self):
        self.events = []

    async def publish(self, event):
        self.events.append(event)


class Kept:
    """A store in memory; `full` makes it fail as a full disk does."""

    def __init__(self, values=None):
        self.values = values or {}
        self.full = False

    async def load(self, home_id):
        return self.values

    async def save(self, home_id, thing_id, values, at):
        if self.full:
            raise NotReady("The disk is full.")
        self.values.setdefault(thing_id, {}).update(values)


class Broken:
    """A driver whose thing fails, or is not there at all."""

    def __init__(self, error=None, reachable=True):
        self.error = error
        self.reachable = reachable
        self.running = False

    def restore(self, values):
        pass

    async def start(self, changed, fired):
        self.running = True

    async def close(self):
        self.running = False

    def state(self, thing_id):
        return ThingState(thing_id, reachable=self.reachable)

    async def set_property(self, thing_id, name, value):
        raise self.error

    async def run_action(self, thing_id, action, inputs):
        raise self.error


class House:
    def __init__(self, kept=None):
        self.clock = VirtualClock()
        self.bus = Heard()
        self.store = Kept(kept)
        self.service = self.made(HOME)

    def made(self, home):
        driver = VirtualDriver(home.things, {}, self.clock)
        drivers = {thing.id: driver for thing in home.things}
        return HomeService(home, drivers, self.bus, self.clock, self.store)

    async def set(self, thing_id, name, value) -> Outcome:
        return await self.service.set_property(SetProperty(thing_id=thing_id, property=name, value=value))

    async def act(self, thing_id, action, **inputs) -> Outcome:
        return await self.service.run_action(RunAction(thing_id=thing_id, action=action, inputs=inputs))

    async def __aenter__(self):
        await self.service.start()
        return self

    async def __aexit__(self, *_):
        await self.service.close()


async def test_setting_a_property_acts_and_tells():
    async with House() as house:
        assert (await house.set("lamp", "brightness", 40)).ok
        assert house.service.state("lamp").values["brightness"] == 40
        [event] = house.bus.events
        assert isinstance(event, ThingChanged)
        assert (event.home_id, event.thing_id, event.values) == ("home", "lamp", {"power": True, "brightness": 40})
        assert event.at == house.clock.now()


async def test_a_value_is_normalised_before_it_reaches_the_thing():
    async with House() as house:
        await house.set("lamp", "color", "Red")
        assert house.service.state("lamp").values["color"] == "#ff0000"


@pytest.mark.parametrize(
    ("thing_id", "name", "value", "code"),
    [
        ("ghost", "power", True, "unknown_thing"),
        ("lamp", "glow", True, "unsupported"),
        ("curtain", "state", "open", "unsupported"),
        ("lamp", "brightness", 101, "bad_value"),
        ("lamp", "brightness", "bright", "bad_value"),
        ("lamp", "power", None, "bad_value"),
    ],
)
async def test_what_cannot_be_set_is_refused_and_nothing_changes(thing_id, name, value, code):
    async with House() as house:
        outcome = await house.set(thing_id, name, value)
        assert outcome.problem
        assert outcome.problem.code == code
        assert outcome.problem.detail.endswith(".")
        assert house.bus.events == []
        assert house.store.values == {}


@pytest.mark.parametrize(
    ("thing_id", "action", "inputs", "code"),
    [
        ("ghost", "brew", {}, "unknown_thing"),
        ("lamp", "brew", {}, "unsupported"),
        ("maker", "grind", {}, "unsupported"),
        ("maker", "brew", {}, "bad_value"),
        ("maker", "brew", {"coffeeDrink": ""}, "bad_value"),
        ("maker", "brew", {"coffeeDrink": "latte", "sprinkles": "many"}, "bad_value"),
        ("maker", "brew", {"coffeeDrink": 7}, "bad_value"),
    ],
)
async def test_what_cannot_be_done_is_refused(thing_id, action, inputs, code):
    async with House() as house:
        outcome = await house.act(thing_id, action, **inputs)
        assert outcome.problem
        assert outcome.problem.code == code
        assert house.bus.events == []


async def test_an_action_runs_and_its_event_is_told():
    async with House() as house:
        assert (await house.act("maker", "brew", coffeeDrink="latte", size=None)).ok
        await house.clock.advance(90)
        [fired] = [event for event in house.bus.events if isinstance(event, ThingFired)]
        assert (fired.thing_id, fired.event) == ("maker", "brewed")


async def test_what_was_asked_survives_a_restart():
    async with House() as before:
        await before.set("lamp", "brightness", 35)
        await before.set("curtain", "position", 80)
        await before.act("maker", "brew", coffeeDrink="latte")
    async with House(before.store.values) as after:
        assert after.service.state("lamp").values["brightness"] == 35
        assert after.service.state("curtain").values["position"] == 80
        assert after.service.state("maker").values["state"] == "idle"
        assert after.bus.events == []


async def test_what_is_kept_but_fits_no_longer_is_left_out():
    kept = {
        "lamp": {"brightness": 400, "glow": 1, "power": True},
        "ghost": {"power": True},
        "curtain": {"state": "open"},
    }
    async with House(kept) as house:
        assert house.service.state("lamp").values["brightness"] == 100
        assert house.service.state("lamp").values["power"] is True
        assert house.service.state("curtain").values["state"] == "closed"


async def test_drift_and_movement_are_told_but_not_kept():
    async with House() as house:
        await house.set("curtain", "position", 80)
        await house.clock.advance(5)
        assert house.store.values == {"curtain": {"position": 80}}
        assert len(house.bus.events) > 3


async def test_a_full_disk_does_not_keep_a_lamp_dark(caplog):
    async with House() as house:
        house.store.full = True
        assert (await house.set("lamp", "power", True)).ok
        assert house.service.state("lamp").values["power"] is True
        assert "The disk is full" in caplog.text


@pytest.mark.parametrize(
    ("driver", "code"),
    [
        (Broken(NotReady("The bridge is off.")), "failed"),
        (Broken(OSError("boom")), "failed"),
        (Broken(reachable=False), "unreachable"),
    ],
)
async def test_a_driver_that_fails_harms_nobody(driver, code):
    service = HomeService(HOME, {"lamp": driver}, Heard(), VirtualClock())
    outcome = await service.set_property(SetProperty(thing_id="lamp", property="power", value=True))
    assert outcome.problem
    assert outcome.problem.code == code
    assert "boom" not in outcome.problem.detail
    assert service.state("curtain").reachable is False


async def test_names_are_those_of_the_home_until_it_is_replaced():
    async with House() as house:
        assert "lamp" in {entry.text for entry in house.service.names("en")}
        version = house.service.version
        torch = Home("home", {}, PLACES, (thing("torch", "light"),))
        driver = VirtualDriver(torch.things, {}, house.clock)
        await house.service.replace(torch, {"torch": driver})
        assert {entry.text for entry in house.service.names("en")} == {"torch", "hall"}
        assert house.service.version > version
        assert (await house.set("torch", "power", True)).ok
        assert not (await house.set("lamp", "power", True)).ok
        assert [each.id for each in house.service.things] == ["torch"]


async def test_replacing_starts_new_drivers_and_closes_old_ones():
    old, kept, new = Broken(), Broken(), Broken()
    service = HomeService(HOME, {"lamp": old, "door": kept}, Heard(), VirtualClock())
    await service.start()
    await service.replace(HOME, {"lamp": new, "door": kept})
    assert (old.running, kept.running, new.running) == (False, True, True)
    await service.close()
    assert (kept.running, new.running) == (False, False)


def test_the_risk_of_a_command_is_the_homes_to_say():
    service = HomeService(HOME, {}, Heard(), VirtualClock())
    assert service.risk(SetProperty(thing_id="door", property="locked", value=False)) == Risk.CONFIRM
    assert service.risk(SetProperty(thing_id="door", property="locked", value=True)) == Risk.NONE
    assert service.risk(SetProperty(thing_id="ghost", property="locked", value=False)) == Risk.NONE


def test_things_and_places_are_found_by_id():
    service = HomeService(HOME, {}, Heard(), VirtualClock())
    assert service.thing("lamp") == HOME.things[0]
    assert service.place("hall") == PLACES[0]
    assert service.thing("hall") is None
    assert service.place("lamp") is None
    assert list(service.places) == list(PLACES)


class Board:
    """A driver that says what became of it."""

    def __init__(self):
        self.life = []

    def restore(self, values):
        self.life.append("restored")

    async def start(self, changed, fired):
        self.life.append("started")
        self.changed = changed

    def state(self, thing_id):
        return ThingState(thing_id, {"power": True}, reachable=False)

    async def close(self):
        self.life.append("closed")


async def test_things_arrive_and_leave_with_their_driver():
    home = HomeService(HOME, {}, Heard(), VirtualClock())
    board, before = Board(), home.version
    await home.arrive([thing("bulb", "light"), thing("plug", "switch")], board)
    assert [one.id for one in home.things[-2:]] == ["bulb", "plug"]
    assert home.state("bulb").values == {"power": True}
    assert "bulb" in {entry.text for entry in home.names("en")}
    assert board.life == ["restored", "started"]
    assert home.version > before
    version = home.version
    await home.arrive([thing("bulb", "light")], board)
    assert home.version == version
    await home.leave(["bulb", "nobody"])
    assert home.thing("bulb") is None
    assert board.life == ["restored", "started"]
    await home.leave(["plug"])
    assert board.life[-1] == "closed"
    assert home.things == HOME.things


async def test_what_arrives_again_as_something_else_takes_its_place():
    home, board = HomeService(HOME, {}, Heard(), VirtualClock()), Board()
    await home.arrive([thing("bulb", "light")], board)
    await home.arrive([thing("bulb", "switch")], board)
    assert [one.type for one in home.things if one.id == "bulb"] == ["switch"]


async def test_nobody_takes_over_the_things_of_others():
    drivers = {"lamp": VirtualDriver(HOME.things[:1], {}, VirtualClock())}
    home = HomeService(HOME, drivers, Heard(), VirtualClock())
    with pytest.raises(BadInput, match="lamp in this home already"):
        await home.arrive([thing("lamp", "switch")], Board())


async def test_it_is_told_that_a_thing_does_not_answer():
    bus, board = Heard(), Board()
    home = HomeService(HOME, {}, bus, VirtualClock())
    await home.arrive([thing("bulb", "light")], board)
    await board.changed("bulb", {})
    assert [(event.thing_id, event.reachable) for event in bus.events] == [("bulb", False)]
