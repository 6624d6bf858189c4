"""The home by voice: switch, dim, open, lock, warm up, and say how things are."""

from dataclasses import replace

from jingling.core.thing import Thing
from jingling.core.turn import Slots
from jingling.sdk import Do, Reply, Skill, Turn
from jingling.skills.home.colors import HEX
from jingling.skills.home.errand import LAST_THINGS, Errand, Key, Prefer
from jingling.skills.home.questions import answer_battery, answer_reading, answer_state
from jingling.skills.home.select import Found
from jingling.skills.home.states import Values
from jingling.skills.home.wishes import ChangeBy, Everything, Power, Run, SetTo, adjusting, allows

BRIGHTNESS_STEP = 25
WARMTH_STEP_K = 800
POSITION_STEP = 25
TEMPERATURE_STEP = 1
VOLUME_STEP = 10
EVERYTHING_NAMED_MAX = 3
_STEPS = {"up": VOLUME_STEP, "down": -VOLUME_STEP}


class Home(Skill):
    """Handlers of Home Assistant's intents first, then of our own."""

    async def hass_turn_on(self, turn: Turn, do: Do) -> Reply:
        return await self._switch(turn, do, True, turn.intent.slots, near=False)

    async def hass_turn_off(self, turn: Turn, do: Do) -> Reply:
        return await self._switch(turn, do, False, turn.intent.slots, near=False)

    async def hass_light_set(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "light"} | turn.intent.slots
        if "color" in slots:
            return await self._paint(turn, do, slots)
        errand = Errand(self.kit, turn, do)
        if "temperature" in slots:
            kelvin = float(slots["temperature"])
            return await errand.fulfil(SetTo("color_temperature", kelvin), _white(kelvin), slots)
        percent = float(slots["brightness"])
        if percent <= 0:
            return await self._switch(turn, do, False, slots)
        return await errand.fulfil(SetTo("brightness", percent), "now_brightness", slots)

    async def hass_set_position(self, turn: Turn, do: Do) -> Reply:
        return await self._move(turn, do, float(turn.intent.slots["position"]))

    async def hass_fan_set_speed(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "fan"} | turn.intent.slots
        speed = SetTo("speed", float(slots["percentage"]))
        return await Errand(self.kit, turn, do).fulfil(speed, "now_speed", slots)

    async def hass_climate_set_temperature(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "climate"} | turn.intent.slots
        errand = Errand(self.kit, turn, do)
        degrees = float(slots["temperature"])

        def key(thing: Thing) -> str:
            return "now_temperature" if allows(thing, "target_temperature", degrees) else "now_temperature_limit"

        return await errand.fulfil(SetTo("target_temperature", degrees), key, slots)

    async def hass_climate_get_temperature(self, turn: Turn, do: Do) -> Reply:
        return answer_reading(Errand(self.kit, turn, do), "temperature", turn.intent.slots)

    async def hass_get_state(self, turn: Turn, do: Do) -> Reply:
        return answer_state(Errand(self.kit, turn, do), turn.intent.slots)

    async def hass_vacuum_start(self, turn: Turn, do: Do) -> Reply:
        return await self._vacuum(turn, do, "start", "now_cleaning")

    async def hass_vacuum_return_to_base(self, turn: Turn, do: Do) -> Reply:
        return await self._vacuum(turn, do, "dock", "now_docking")

    async def hass_vacuum_clean_area(self, turn: Turn, do: Do) -> Reply:
        return await self._vacuum(turn, do, "start", "now_cleaning_all")

    async def hass_set_volume(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "media_player"} | turn.intent.slots
        volume = SetTo("volume", float(slots["volume_level"]), wakes=False)
        return await Errand(self.kit, turn, do).fulfil(volume, "now_volume", slots, prefer=_is_on, roams=True)

    async def hass_set_volume_relative(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "media_player"} | turn.intent.slots
        step = slots["volume_step"]
        change = ChangeBy("volume", float(_STEPS.get(step, step)))
        key = "now_louder" if change.step > 0 else "now_quieter"
        errand = Errand(self.kit, turn, do)
        return await errand.fulfil(change, "now_volume", slots, prefer=_is_on, roams=True, differing=key)

    async def hass_media_pause(self, turn: Turn, do: Do) -> Reply:
        return await self._media(turn, do, "pause", _is_playing)

    async def hass_media_unpause(self, turn: Turn, do: Do) -> Reply:
        return await self._media(turn, do, "play", _is_paused)

    async def brighter(self, turn: Turn, do: Do) -> Reply:
        step = float(turn.intent.slots.get("step", BRIGHTNESS_STEP))
        return await self._dim(turn, do, ChangeBy("brightness", step, wakes=True), "now_brighter")

    async def dimmer(self, turn: Turn, do: Do) -> Reply:
        step = float(turn.intent.slots.get("step", BRIGHTNESS_STEP))
        return await self._dim(turn, do, ChangeBy("brightness", -step), "now_dimmer")

    async def vacuum_start(self, turn: Turn, do: Do) -> Reply:
        return await self._vacuum(turn, do, "start", "now_cleaning")

    async def vacuum_dock(self, turn: Turn, do: Do) -> Reply:
        return await self._vacuum(turn, do, "dock", "now_docking")

    async def warmer_light(self, turn: Turn, do: Do) -> Reply:
        return await self._tint(turn, do, -WARMTH_STEP_K, "now_warmer_light")

    async def cooler_light(self, turn: Turn, do: Do) -> Reply:
        return await self._tint(turn, do, WARMTH_STEP_K, "now_cooler_light")

    async def warmer(self, turn: Turn, do: Do) -> Reply:
        return await self._heat(turn, do, TEMPERATURE_STEP)

    async def cooler(self, turn: Turn, do: Do) -> Reply:
        return await self._heat(turn, do, -TEMPERATURE_STEP)

    async def move_to(self, turn: Turn, do: Do) -> Reply:
        return await self._move(turn, do, float(turn.intent.slots["position"]))

    async def open_more(self, turn: Turn, do: Do) -> Reply:
        return await self._nudge(turn, do, POSITION_STEP)

    async def close_more(self, turn: Turn, do: Do) -> Reply:
        return await self._nudge(turn, do, -POSITION_STEP)

    async def stop_cover(self, turn: Turn, do: Do) -> Reply:
        slots = {"domain": "cover"} | turn.intent.slots
        return await Errand(self.kit, turn, do).fulfil(
            Run("stop"), "now_stopped", slots, prefer=_is_moving, roams=True
        )

    async def lock(self, turn: Turn, do: Do) -> Reply:
        return await self._switch(turn, do, True, {"domain": "lock"} | turn.intent.slots)

    async def unlock(self, turn: Turn, do: Do) -> Reply:
        return await self._switch(turn, do, False, {"domain": "lock"} | turn.intent.slots)

    async def everything_off(self, turn: Turn, do: Do) -> Reply:
        """Only what is on is told, so that the answer names no more than what changed."""
        errand = Errand(self.kit, turn, do)
        wish = Everything(False)
        found = errand.find(wish.fits, turn.intent.slots, near=True)
        if isinstance(found, Reply):
            return found
        on = tuple(thing for thing in found.things if wish.fits(thing) and _is_on(errand.values(thing)))
        if not on:
            return errand.say("all_off_already", place=errand.where(found.things))
        key = "now_off" if len(on) <= EVERYTHING_NAMED_MAX else "now_all_off"
        return await errand.carry_out(wish, replace(found, things=on), key, place=errand.where(found.things))

    async def good_night(self, turn: Turn, do: Do) -> Reply:
        return await self._lights_out(turn, do, "good_night")

    async def leaving(self, turn: Turn, do: Do) -> Reply:
        return await self._lights_out(turn, do, "leaving")

    async def switch_it(self, turn: Turn, do: Do) -> Reply:
        """ "Turn it off": what the conversation was about last."""
        ids = turn.memory.get(LAST_THINGS, [])
        things = tuple(thing for thing_id in ids if (thing := self.kit.home.thing(thing_id)))
        if not things:
            return self.say(turn, "it_unknown")
        on = turn.intent.slots["power"] == "on"
        errand = Errand(self.kit, turn, do)
        return await errand.carry_out(Power(on), Found(things), self._switched(errand, on))

    async def reading(self, turn: Turn, do: Do) -> Reply:
        return answer_reading(Errand(self.kit, turn, do), str(turn.intent.slots["quantity"]), turn.intent.slots)

    async def battery(self, turn: Turn, do: Do) -> Reply:
        return answer_battery(Errand(self.kit, turn, do), turn.intent.slots)

    async def unknown(self, turn: Turn, do: Do) -> Reply:
        """Something to be switched that bears none of the home's names."""
        errand = Errand(self.kit, turn, do)
        something = str(turn.intent.slots["something"])
        known = errand.mentioned(something)
        if known:
            return errand.say("not_caught", known=known)
        found = errand.find(lambda _: True, {"name": something})
        return found if isinstance(found, Reply) else errand.say("cannot", found.things)

    async def adjust(self, turn: Turn, do: Do) -> Reply:
        """A touch on the screen; the answer is shown, not spoken."""
        slots = turn.intent.slots
        thing = self.kit.home.thing(str(slots["thing_id"]))
        if thing is None:
            return replace(self.say(turn, "thing_gone"), spoken=False)
        errand = Errand(self.kit, turn, do)
        wish = adjusting(thing, str(slots["name"]), slots.get("value"))
        if wish is None:
            return replace(errand.say("cannot", [thing]), spoken=False)
        reply = await errand.carry_out(wish, Found((thing,), named=True), "adjusted")
        return replace(reply, spoken=False)

    async def _switch(self, turn: Turn, do: Do, on: bool, slots: Slots, near: bool = True) -> Reply:
        errand = Errand(self.kit, turn, do)
        return await errand.fulfil(Power(on), self._switched(errand, on), slots, near=near)

    def _switched(self, errand: Errand, on: bool) -> Key:
        """The reply for a thing that is to be switched: a cover takes its time unless it is there already."""

        def key(thing: Thing) -> str:
            if thing.type == "lock":
                return "now_locked" if on else "now_unlocked"
            if thing.type != "cover":
                return "now_on" if on else "now_off"
            there = errand.values(thing).get("position") == 100 * on
            return ("now_open" if on else "now_closed") if there else ("now_opening" if on else "now_closing")

        return key

    async def _paint(self, turn: Turn, do: Do, slots: Slots) -> Reply:
        errand = Errand(self.kit, turn, do)
        color = str(slots["color"]).replace(" ", "")
        if color not in HEX:
            return self.say(turn, "color_unknown", color=color)
        said = errand.wording.text(f"color_{color}")
        return await errand.fulfil(SetTo("color", HEX[color]), "now_color", slots, color=said)

    async def _dim(self, turn: Turn, do: Do, change: ChangeBy, differing: str) -> Reply:
        slots = {"domain": "light"} | turn.intent.slots
        errand = Errand(self.kit, turn, do)
        return await errand.fulfil(change, "now_brightness", slots, prefer=_is_on, differing=differing)

    async def _tint(self, turn: Turn, do: Do, step_k: float, key: str) -> Reply:
        slots = {"domain": "light"} | turn.intent.slots
        change = ChangeBy("color_temperature", step_k, wakes=True)
        return await Errand(self.kit, turn, do).fulfil(change, key, slots, prefer=_is_on)

    async def _heat(self, turn: Turn, do: Do, step: float) -> Reply:
        slots = {"domain": "climate"} | turn.intent.slots
        change = ChangeBy("target_temperature", step, wakes=True)
        key = "now_warmer" if step > 0 else "now_cooler"
        return await Errand(self.kit, turn, do).fulfil(
            change, "now_temperature", slots, prefer=_is_on, differing=key
        )

    async def _move(self, turn: Turn, do: Do, position: float) -> Reply:
        slots = {"domain": "cover"} | turn.intent.slots
        return await Errand(self.kit, turn, do).fulfil(
            SetTo("position", position, wakes=False), "now_moving_to", slots
        )

    async def _nudge(self, turn: Turn, do: Do, step: float) -> Reply:
        slots = {"domain": "cover"} | turn.intent.slots
        key = "now_opening" if step > 0 else "now_closing"
        return await Errand(self.kit, turn, do).fulfil(
            ChangeBy("position", step), "now_moving_to", slots, differing=key
        )

    async def _media(self, turn: Turn, do: Do, action: str, prefer: Prefer) -> Reply:
        slots = {"domain": "media_player"} | turn.intent.slots
        key = "now_paused" if action == "pause" else "now_playing"
        return await Errand(self.kit, turn, do).fulfil(Run(action), key, slots, prefer=prefer, roams=True)

    async def _vacuum(self, turn: Turn, do: Do, action: str, key: str) -> Reply:
        """A place or floor in the slots is what is to be cleaned, not where the vacuum stands."""
        slots = {"domain": "vacuum"} | {key: value for key, value in turn.intent.slots.items() if key == "name"}
        return await Errand(self.kit, turn, do).fulfil(Run(action), key, slots | {"everywhere": True})

    async def _lights_out(self, turn: Turn, do: Do, greeting: str) -> Reply:
        errand = Errand(self.kit, turn, do)
        reply = await errand.fulfil(Power(False), "now_off", {"domain": "light", "everywhere": True})
        return replace(reply, speech=errand.wording.text(greeting, done=str(reply.speech)))


def _is_on(values: Values) -> bool:
    return values.get("power") is True


def _is_playing(values: Values) -> bool:
    return values.get("state") == "playing"


def _is_paused(values: Values) -> bool:
    return values.get("state") == "paused"


def _is_moving(values: Values) -> bool:
    return values.get("state") in ("opening", "closing")


def _white(kelvin: float) -> str:
    return "now_warm_white" if kelvin < 3300 else "now_neutral_white" if kelvin < 5000 else "now_cool_white"
