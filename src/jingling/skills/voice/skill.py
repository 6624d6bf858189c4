"""How the answers sound on this device: faster or slower, louder or softer, quiet or plain."""

from jingling.sdk import ChangeManner, Do, Reply, Skill, Turn

RATE_STEPS = {"slower": -1, "faster": 1}
VOLUME_STEPS = {"softer": -1, "louder": 1}


class Voice(Skill):
    async def change(self, turn: Turn, do: Do) -> Reply:
        how = str(turn.intent.slots.get("how"))
        rate, volume = RATE_STEPS.get(how, 0), VOLUME_STEPS.get(how, 0)
        if not rate and not volume:
            return self.say(turn, "unknown")
        outcome = await do(ChangeManner(device_id=turn.device_id, rate=rate, volume=volume))
        return self.say(turn, how if outcome.ok else f"{how}_limit")

    async def quiet(self, turn: Turn, do: Do) -> Reply:
        outcome = await do(ChangeManner(device_id=turn.device_id, quiet=True, volume=-1))
        return self.say(turn, "quiet" if outcome.ok else "failed")

    async def plain(self, turn: Turn, do: Do) -> Reply:
        outcome = await do(ChangeManner(device_id=turn.device_id, plain=True))
        return self.say(turn, "plain" if outcome.ok else "failed")
