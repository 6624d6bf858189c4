"""What a person says, and means by it: taught and forgotten by voice."""

from jingling.sdk import Do, ForgetPhrase, Reply, Skill, TeachPhrase, Turn


class Phrases(Skill):
    async def teach(self, turn: Turn, do: Do) -> Reply:
        text, means = (str(turn.intent.slots.get(slot) or "").strip() for slot in ("phrase", "meaning"))
        outcome = await do(TeachPhrase(text=text, means=means, language=turn.language))
        return self.say(turn, "taught" if outcome.ok else "not_understood", text=text, means=means)

    async def forget(self, turn: Turn, do: Do) -> Reply:
        text = str(turn.intent.slots.get("phrase") or "").strip()
        outcome = await do(ForgetPhrase(text=text, language=turn.language))
        return self.say(turn, "forgotten", text=outcome.data["text"]) if outcome.ok else self.say(turn, "unknown")
