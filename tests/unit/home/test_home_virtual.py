"""Virtual things behave, on a clock that the test holds."""

from collections import defaultdict
from itertools import pairwise

import pytest

from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput
from jingling.core.thing import Property, Thing
from jingling.home.drivers.virtual import VirtualDriver
from jingling.home.kinds import kind_of
from jingling.home.model import Behaviour


def thing(thing_id, type_, device_class="", place_id=None):
    kind = kind_of(type_, device_class)
    properties: dict[str, Property] = kind.properties | kind.features
    return Thing(
        thing_id, type_, {"en": (thing_id,)}, place_id, device_class, properties, kind.actions, kind.events
    )


LAMP = thing("lamp", "light")
FAN = thing("fan", "fan")
CURTAIN = thing("curtain", "cover", "curtain")
VACUUM = thing("vacuum", "vacuum")
MACHINE = thing("machine", "coffee_machine")
TV = thing("tv", "media_player", "tv")
HEATER = thing("heater", "climate", "heater", "study")
COOLER = thing("cooler", "climate", "air_conditioner", "hall")
THERMOMETER = thing("thermometer", "sensor", "temperature", "study")
HYGROMETER = thing("hygrometer", "sensor", "humidity")
SUNLIGHT = thing("sunlight", "sensor", "illuminance")
MOTION = thing("motion", "sensor", "motion")
WINDOW = thing("window", "sensor", "window")
ALL = (
    LAMP,
    FAN,
    CURTAIN,
    VACUUM,
    MACHINE,
    TV,
    HEATER,
    COOLER,
    THERMOMETER,
    HYGROMETER,
    SUNLIGHT,
    MOTION,
    WINDOW,
)
LATTE = {"size": "large", "coffeeDrink": "latte", "milkAmount": "some soy milk", "sugarAmount": "sugar"}


class House:
    """A driver, its clock, and all that it has told."""

    def __init__(self, *things, seed=1, **initial):
        self.clock = VirtualClock()
        behaviours = {thing_id: Behaviour(values) for thing_id, values in initial.items()}
        self.driver = VirtualDriver(things, behaviours, self.clock, seed)
        self.told = []
        self.fired = []

    async def __aenter__(self):
        await self.driver.start(self._changed, self._fired)
        return self

    async def __aexit__(self, *_):
        await self.driver.close()

    async def _changed(self, thing_id, values):
        self.told.append((self.clock.monotonic(), thing_id, values))

    async def _fired(self, thing_id, event):
        self.fired.append((thing_id, event))

    def __getitem__(self, thing_id):
        return self.driver.state(thing_id).values

    def history(self, thing_id, name):
        return [values[name] for _, told, values in self.told if told == thing_id and name in values]


async def test_a_room_warms_slowly_up_to_the_target_and_its_sensor_knows():
    async with House(HEATER, THERMOMETER, thermometer={"temperature": 18.0}) as house:
        assert house["heater"]["current_temperature"] == 18.0
        await house.driver.set_property("heater", "target_temperature", 20.0)
        assert house["heater"]["power"] is True
        await house.clock.advance(120)
        assert 18.3 <= house["thermometer"]["temperature"] <= 19.0
        await house.clock.advance(1800)
        assert house["thermometer"]["temperature"] == pytest.approx(20.0, abs=0.2)
        assert house["heater"]["current_temperature"] == house["thermometer"]["temperature"]


async def test_a_heated_room_cools_slowly_when_the_heater_is_off():
    async with House(HEATER, heater={"power": False, "current_temperature": 24.0}) as house:
        await house.clock.advance(600)
        after_ten_minutes = house["heater"]["current_temperature"]
        assert 23.0 <= after_ten_minutes < 24.0
        await house.clock.advance(3 * 3600)
        assert 18.0 < house["heater"]["current_temperature"] < after_ten_minutes - 1


async def test_an_air_conditioner_cools_and_a_heater_does_not():
    warm = {"power": True, "target_temperature": 20.0, "current_temperature": 26.0}
    async with House(HEATER, COOLER, heater=warm, cooler=warm) as house:
        await house.clock.advance(1200)
        assert house["cooler"]["current_temperature"] < 21
        assert house["heater"]["current_temperature"] > 25


async def test_a_curtain_takes_seconds():
    async with House(CURTAIN) as house:
        await house.driver.set_property("curtain", "position", 100)
        assert house["curtain"] == {"position": 0, "state": "opening"}
        await house.clock.advance(6)
        assert house["curtain"] == {"position": 50, "state": "opening"}
        await house.clock.advance(7)
        assert house["curtain"] == {"position": 100, "state": "open"}
        await house.driver.set_property("curtain", "position", 30)
        assert house["curtain"]["state"] == "closing"
        await house.clock.advance(20)
        assert house["curtain"] == {"position": 30, "state": "open"}


async def test_a_curtain_stops_where_it_is():
    async with House(CURTAIN) as house:
        await house.driver.set_property("curtain", "position", 100)
        await house.clock.advance(4.5)
        await house.driver.run_action("curtain", "stop", {})
        assert house["curtain"] == {"position": 38, "state": "open"}
        await house.clock.advance(30)
        assert house["curtain"]["position"] == 38


async def test_a_curtain_can_be_called_back_on_the_way():
    async with House(CURTAIN) as house:
        await house.driver.set_property("curtain", "position", 100)
        await house.clock.advance(6)
        await house.driver.set_property("curtain", "position", 0)
        await house.clock.advance(7)
        assert house["curtain"] == {"position": 0, "state": "closed"}


async def test_coffee_is_heated_for_brewed_kept_ready_and_forgotten():
    async with House(MACHINE) as house:
        outcome = await house.driver.run_action("machine", "brew", LATTE)
        assert outcome.ok
        assert house["machine"] == {
            "power": True,
            "state": "heating",
            "progress": 0,
            "order": "large latte with some soy milk and sugar",
        }
        await house.clock.advance(90)
        assert (house["machine"]["state"], house["machine"]["progress"]) == ("ready", 100)
        assert house.fired == [("machine", "brewed")]
        await house.clock.advance(600)
        assert house["machine"] == {"power": True, "state": "idle", "progress": 0, "order": ""}
        assert house.history("machine", "state") == ["heating", "brewing", "ready", "idle"]
        progress = house.history("machine", "progress")
        assert progress[:-1] == sorted(progress[:-1])


async def test_a_warm_machine_brews_at_once():
    async with House(MACHINE, machine={"power": True}) as house:
        await house.driver.run_action("machine", "brew", {"coffeeDrink": "espresso"})
        assert (house["machine"]["state"], house["machine"]["order"]) == ("brewing", "espresso")


async def test_a_second_brew_waits_for_the_first():
    async with House(MACHINE) as house:
        await house.driver.run_action("machine", "brew", {"coffeeDrink": "latte"})
        second = await house.driver.run_action("machine", "brew", {"coffeeDrink": "mocha"})
        assert second.problem
        assert second.problem.code == "busy"
        assert "latte" in second.problem.detail
        await house.clock.advance(90)
        assert house.fired == [("machine", "brewed")]
        assert (await house.driver.run_action("machine", "brew", {"coffeeDrink": "mocha"})).ok


async def test_switching_the_machine_off_drops_the_order():
    async with House(MACHINE) as house:
        await house.driver.run_action("machine", "brew", {"coffeeDrink": "latte"})
        await house.driver.set_property("machine", "power", False)
        await house.clock.advance(200)
        assert house["machine"]["state"] == "idle"
        assert house.fired == []


async def test_the_vacuum_cleans_comes_back_and_charges():
    async with House(VACUUM, vacuum={"battery": 60}) as house:
        await house.driver.run_action("vacuum", "start", {})
        assert house["vacuum"]["state"] == "cleaning"
        await house.clock.advance(660)
        assert house["vacuum"]["state"] == "docked"
        assert house.fired == [("vacuum", "cleaned")]
        tired = house["vacuum"]["battery"]
        assert tired < 50
        await house.clock.advance(600)
        assert house["vacuum"]["battery"] > tired
        assert house.history("vacuum", "state") == ["cleaning", "returning", "docked"]


async def test_the_vacuum_can_be_sent_home_and_out_again():
    async with House(VACUUM) as house:
        await house.driver.run_action("vacuum", "start", {})
        await house.clock.advance(30)
        await house.driver.run_action("vacuum", "dock", {})
        assert house["vacuum"]["state"] == "returning"
        await house.driver.run_action("vacuum", "start", {})
        assert house["vacuum"]["state"] == "cleaning"
        await house.driver.run_action("vacuum", "dock", {})
        await house.clock.advance(40)
        assert house["vacuum"]["state"] == "docked"
        assert house.fired == []


async def test_an_empty_vacuum_stays_or_comes_home():
    async with House(VACUUM, vacuum={"battery": 5}) as house:
        outcome = await house.driver.run_action("vacuum", "start", {})
        assert not outcome.ok
        await house.driver.pretend("vacuum", {"battery": 11})
        await house.driver.run_action("vacuum", "start", {})
        await house.clock.advance(90)
        assert house["vacuum"]["state"] == "docked"


async def test_a_light_is_lit_by_what_is_set_of_it():
    async with House(LAMP) as house:
        await house.driver.set_property("lamp", "brightness", 30)
        assert (house["lamp"]["power"], house["lamp"]["brightness"]) == (True, 30)
        await house.driver.set_property("lamp", "brightness", 0)
        assert house["lamp"]["power"] is False
        await house.driver.set_property("lamp", "power", True)
        assert house["lamp"]["brightness"] == 100
        await house.driver.set_property("lamp", "color", "#ff0000")
        await house.driver.set_property("lamp", "color_temperature", 2700)
        assert house["lamp"]["color"] == "#ffffff"


async def test_a_fan_runs_by_its_speed():
    async with House(FAN) as house:
        await house.driver.set_property("fan", "speed", 80)
        assert house["fan"] == {"power": True, "speed": 80}
        await house.driver.set_property("fan", "speed", 0)
        assert house["fan"]["power"] is False
        await house.driver.set_property("fan", "power", True)
        assert house["fan"] == {"power": True, "speed": 50}


async def test_a_television_plays_when_on_and_can_be_paused():
    async with House(TV) as house:
        await house.driver.run_action("tv", "pause", {})
        assert house["tv"]["state"] == "off"
        await house.driver.set_property("tv", "power", True)
        assert house["tv"]["state"] == "playing"
        await house.driver.run_action("tv", "pause", {})
        assert house["tv"]["state"] == "paused"
        await house.driver.set_property("tv", "power", False)
        assert house["tv"]["state"] == "off"
        await house.driver.run_action("tv", "play", {})
        assert (house["tv"]["power"], house["tv"]["state"]) == (True, "playing")


async def test_sensors_drift_without_jumps_and_tell_only_changes():
    async with House(HYGROMETER, SUNLIGHT, MOTION, WINDOW, THERMOMETER, sunlight={"illuminance": 8000}) as house:
        await house.clock.advance(2 * 3600)
        for thing_id, name, most in (
            ("hygrometer", "humidity", 1.0),
            ("sunlight", "illuminance", 400),
            ("thermometer", "temperature", 0.2),
        ):
            history = house.history(thing_id, name)
            assert len(history) > 5
            assert all(0 < abs(after - before) <= most for before, after in pairwise(history))
        assert 35 <= house["hygrometer"]["humidity"] <= 55
        assert True in house.history("motion", "motion")
        assert False in house.history("motion", "motion")
        assert house.history("window", "open") == []


async def a_day(seed):
    async with House(*ALL, seed=seed) as house:
        await house.driver.set_property("heater", "power", True)
        await house.clock.advance(100)
        await house.driver.run_action("machine", "brew", {"coffeeDrink": "mocha"})
        await house.driver.set_property("curtain", "position", 70)
        await house.clock.advance(3600)
        return house.told, house.fired


async def test_a_seed_makes_the_same_home_again():
    assert await a_day(7) == await a_day(7)
    assert await a_day(7) != await a_day(8)


async def test_at_rest_only_the_drift_wakes():
    sleeps = defaultdict(int)

    class CountingClock(VirtualClock):
        async def sleep(self, seconds):
            sleeps[seconds] += 1
            await super().sleep(seconds)

    clock = CountingClock()
    driver = VirtualDriver((*ALL,), {}, clock)

    async def ignore(*_):
        return None

    await driver.start(ignore, ignore)
    await clock.advance(3600)
    assert dict(sleeps) == {30.0: 121}
    await driver.set_property("curtain", "position", 100)
    await clock.advance(60)
    assert sleeps[1.0] == 12
    await driver.close()


async def test_closing_leaves_nothing_running():
    async with House(*ALL) as house:
        await house.driver.set_property("curtain", "position", 100)
        await house.clock.advance(2)
    told = len(house.told)
    await house.clock.advance(600)
    assert len(house.told) == told


async def test_restored_values_go_before_the_first_ones():
    house = House(LAMP, CURTAIN, TV, lamp={"power": True, "brightness": 80})
    house.driver.restore(
        {"lamp": {"power": False}, "curtain": {"position": 40}, "tv": {"power": True}, "gone": {"power": True}}
    )
    async with house:
        assert (house["lamp"]["power"], house["lamp"]["brightness"]) == (False, 80)
        assert house["curtain"] == {"position": 40, "state": "open"}
        assert house["tv"]["state"] == "playing"
        assert house.told == []


async def test_anything_can_be_pretended_and_is_told():
    async with House(HEATER, THERMOMETER, WINDOW, MACHINE) as house:
        await house.driver.pretend("window", {"open": True})
        await house.driver.pretend("thermometer", {"temperature": 12})
        assert house["heater"]["current_temperature"] == 12.0
        assert house.history("window", "open") == [True]
        await house.driver.pretend("machine", {"state": "brewing"})
        await house.clock.advance(70)
        assert house["machine"]["state"] == "ready"


@pytest.mark.parametrize(
    ("thing_id", "values"), [("door", {"open": True}), ("window", {"opened": True}), ("window", {"open": 3})]
)
async def test_pretending_nonsense_is_refused(thing_id, values):
    async with House(WINDOW) as house:
        with pytest.raises(BadInput):
            await house.driver.pretend(thing_id, values)


async def test_a_thing_that_it_does_not_drive_is_unreachable():
    async with House(LAMP) as house:
        assert house.driver.state("ghost").reachable is False
        outcome = await house.driver.set_property("ghost", "power", True)
        assert outcome.problem
        assert outcome.problem.code == "unknown_thing"
        assert not (await house.driver.run_action("ghost", "brew", {})).ok
