"""Coffee orders, made by whichever thing of the home can brew."""

from jingling.sdk import Do, Intent, OrderCard, OrderLine, Reply, RunAction, Skill, Thing, Turn

SLOTS = ("size", "roast", "numberOfShots", "coffeeDrink", "milkAmount", "sugarAmount")
ONE_SIZE = ("espresso",)


class Coffee(Skill):
    async def order_something(self, turn: Turn, do: Do) -> Reply:
        return self._ask(turn, {}, "which_drink", "coffeeDrink", "drink")

    async def order_drink(self, turn: Turn, do: Do) -> Reply:
        order = {slot: str(turn.intent.slots[slot]) for slot in SLOTS if turn.intent.slots.get(slot)}
        if "coffeeDrink" not in order:
            return self._ask(turn, order, "which_drink", "coffeeDrink", "drink")
        if "size" not in order and order["coffeeDrink"] not in ONE_SIZE:
            return self._ask(turn, order, "which_size", "size", "size")
        machine = self._machine()
        if machine is None:
            return self.say(turn, "no_machine")
        outcome = await do(RunAction(thing_id=machine.id, action="brew", inputs=dict(order)))
        if not outcome.ok:
            return self._refused(turn, machine, outcome.problem.code if outcome.problem else "failed")
        return self.say(
            turn, "brewing", card=self._card(turn, order, machine.id), order=self._read_back(turn, order)
        )

    async def coffee_status(self, turn: Turn, do: Do) -> Reply:
        machine = self._machine()
        if machine is None:
            return self.say(turn, "no_machine")
        values = self.kit.home.state(machine.id).values
        state = str(values.get("state") or "idle")
        return self.say(turn, f"state_{state}", percent=values.get("progress") or 0)

    def _machine(self) -> Thing | None:
        return next((thing for thing in self.kit.home.things if "brew" in thing.actions), None)

    def _ask(self, turn: Turn, order: dict[str, str], question: str, slot: str, group: str) -> Reply:
        intent = Intent("coffee.orderDrink", dict(order), turn.intent.confidence, turn.intent.source)
        reply = self.ask_for(
            turn, question, slot, group, intent=intent, drink=self._word(turn, order.get("coffeeDrink", ""))
        )
        return Reply(reply.speech, self._card(turn, order), reply.ask, end=False)

    def _refused(self, turn: Turn, machine: Thing, code: str) -> Reply:
        key = "busy" if code == "busy" else "unreachable" if code == "unreachable" else "failed"
        return self.say(turn, key, machine=machine.name(turn.language))

    def _card(self, turn: Turn, order: dict[str, str], thing_id: str = "") -> OrderCard:
        text = self.kit.replies.text
        lines = tuple(
            OrderLine(text(turn.language, f"slot_{slot}"), self._word(turn, order[slot]))
            for slot in SLOTS
            if slot in order
        )
        return OrderCard(title=text(turn.language, "card_title"), lines=lines, thing_id=thing_id)

    def _read_back(self, turn: Turn, order: dict[str, str]) -> str:
        words = {slot: self._word(turn, order[slot]) for slot in order}
        before = [words[slot] for slot in SLOTS[:3] if slot in words]
        extras = [words[slot] for slot in SLOTS[4:] if slot in words]
        text = self.kit.replies.text
        drink = ("" if turn.language == "zh" else " ").join([*before, words["coffeeDrink"]])
        if not extras:
            return drink
        return text(turn.language, "drink_with", drink=drink, extras=text(turn.language, "glue_and").join(extras))

    def _word(self, turn: Turn, value: str) -> str:
        """How a slot's value is said: amounts and what they are amounts of are translated apart."""
        if turn.language == "en" or not value:
            return value
        amount, _, what = value.rpartition(" of ")
        if not amount and value.startswith("some "):
            amount, what = "some", value.removeprefix("some ")
        words = [self.kit.replies.text(turn.language, _key(part)) for part in (amount, what) if part]
        return "".join(words)


def _key(value: str) -> str:
    return "value_" + value.replace(" ", "_")
