import { describe, expect, it } from "vitest";
import type { Card, ShowCard } from "../src/generated/messages.ts";
import { ANSWER_MS, apply, GLANCE_MS, WISH_MS } from "../src/state/reduce.ts";
import { initial, type State } from "../src/state/state.ts";
import { after, snapshot, START } from "./homes.ts";

const card = (turn_id: string, card_id: string, inside: Card): ShowCard => ({ type: "card", turn_id, card_id, card: inside });
const text: Card = { type: "text", title: "T", body: "", choices: [] };
const order: Card = { type: "order", title: "Latte", lines: [], thing_id: "machine" };
const timers = (state: string, ...ids: string[]): Card => ({
  type: "timer",
  title: "Timers",
  timers: ids.map((id) => ({ id, kind: "timer", label: id, due_at: "2026-11-22T09:05:00+08:00", state, total_s: 300, remaining_s: null })),
});
const shownTimers = (state: State): string[][] =>
  state.cards.map((each) => (each.card.type === "timer" ? each.card.timers.map((timer) => `${timer.id} ${timer.state}`) : []));
const wish = { type: "wished", thingId: "lamp", name: "power", value: true } as const;

describe("a snapshot", () => {
  it("brings the home, the zone and how far our clock is off", () => {
    const state = apply(initial("zh", null, 0), snapshot(), START - 5_000);
    expect(state.home?.name).toEqual({ en: "Home" });
    expect(state.language).toBe("en");
    expect(state.zoneMinutes).toBe(480);
    expect(state.clockAheadMs).toBe(5_000);
  });

  it("ends the complaint that the hub was gone", () => {
    expect(after({ type: "own_trouble", code: "net.lost", text: "gone" }, snapshot()).trouble).toBeNull();
  });

  it("of another version asks for a reload, the first does not", () => {
    expect(after().newVersion).toBe(false);
    expect(after(snapshot()).newVersion).toBe(false);
    expect(after(snapshot({ version: "2" })).newVersion).toBe(true);
  });
});

describe("a thing", () => {
  it("changes only in what the update names", () => {
    const state = after({ type: "thing", thing_id: "lamp", values: { power: true }, reachable: true });
    expect(state.things[0]?.values).toEqual({ power: true, brightness: 40 });
  });

  it("shows what was wished for until the hub confirms it", () => {
    expect(after(wish).wishes).toHaveLength(1);
    expect(after(wish, { type: "thing", thing_id: "lamp", values: { brightness: 50 }, reachable: true }).wishes).toHaveLength(1);
    expect(after(wish, { type: "thing", thing_id: "lamp", values: { power: true }, reachable: true }).wishes).toEqual([]);
  });

  it("goes back to what it was on trouble, when it is lost, and when no word comes", () => {
    const refused = after(wish, { type: "trouble", code: "refused", text: "No." });
    expect(refused.wishes).toEqual([]);
    expect(refused.trouble?.text).toBe("No.");
    expect(after(wish, { type: "thing", thing_id: "lamp", values: {}, reachable: false }).wishes).toEqual([]);
    expect(apply(after(wish), { type: "tick" }, START + WISH_MS + 1).wishes).toEqual([]);
    expect(after(wish, { type: "connection", connection: "lost" }).wishes).toEqual([]);
  });
});

describe("a turn", () => {
  it("takes what is heard, then the answer", () => {
    const state = after(
      { type: "heard", turn_id: "1", text: "turn", language: "en", final: false },
      { type: "heard", turn_id: "1", text: "turn it on", language: "en", final: true },
      { type: "answer", turn_id: "1", text: "Done.", language: "en", expects: false, streamed: false, undoable: false },
    );
    expect(state.turn).toMatchObject({ id: "1", heard: "turn it on", heardFinal: true, answer: "Done." });
  });

  it("that is new clears the old one's words and cards, but not what still goes on", () => {
    const state = after(
      { type: "answer", turn_id: "1", text: "One", language: "en", expects: false, streamed: false, undoable: false },
      card("1", "a", text),
      card("1", "b", order),
      { type: "heard", turn_id: "2", text: "two", language: "zh", final: true },
    );
    expect(state.turn).toMatchObject({ id: "2", heard: "two", answer: "" });
    expect(state.cards.map((each) => each.id)).toEqual(["b"]);
  });

  it("typed here keeps its words when the hub names it", () => {
    const state = after({ type: "said", text: "hello" }, { type: "phase", turn_id: "9", phase: "thinking" });
    expect(state.turn).toMatchObject({ id: "9", heard: "hello" });
    expect(state.phase).toBe("thinking");
  });

  it("that was stopped says nothing any more, wherever it was stopped", () => {
    const begun = { type: "heard", turn_id: "1", text: "a", language: "en", final: true } as const;
    const late = { type: "answer", turn_id: "1", text: "late", language: "en", expects: false, streamed: false, undoable: false } as const;
    for (const stop of [{ type: "stop_turn", turn_id: "1" }, { type: "silenced" }] as const) {
      const state = after(begun, { type: "phase", turn_id: "1", phase: "speaking" }, stop, late, card("1", "c", text), { type: "phase", turn_id: "1", phase: "speaking" });
      expect(state.turn?.answer).toBe("");
      expect(state.cards).toEqual([]);
      expect(state.phase).toBe("idle");
    }
  });

  it("gives the clock back when it was long over, but not while it speaks", () => {
    const answered = after({ type: "said", text: "hi" }, { type: "answer", turn_id: "1", text: "A", language: "en", expects: false, streamed: false, undoable: false });
    expect(apply(answered, { type: "tick" }, START + ANSWER_MS - 1).turn).not.toBeNull();
    expect(apply(answered, { type: "tick" }, START + ANSWER_MS + 1).turn).toBeNull();
    expect(apply({ ...answered, phase: "speaking" }, { type: "tick" }, START + ANSWER_MS + 1).turn).not.toBeNull();
  });
});

it("an order that was only talked about goes with its turn", () => {
  const state = after(card("1", "a", { ...order, thing_id: "" }), { type: "heard", turn_id: "2", text: "never mind", language: "en", final: true });
  expect(state.cards).toEqual([]);
});

describe("a touch", () => {
  const touched = [{ type: "phase", turn_id: "5", phase: "thinking" }, { type: "answer", turn_id: "5", text: "It is on.", language: "en", expects: false, streamed: false, undoable: false }] as const;

  it("leaves what is shown as it is until it is answered", () => {
    const talk = after({ type: "answer", turn_id: "1", text: "A", language: "en", expects: false, streamed: false, undoable: false }, card("1", "a", text), touched[0]);
    expect(talk.turn?.answer).toBe("A");
    expect(talk.cards).toHaveLength(1);
    expect(talk.phase).toBe("thinking");
  });

  it("is answered at a glance, and settles soon after", () => {
    const state = after(wish, card("5", "c", text), ...touched, { type: "phase", turn_id: "5", phase: "idle" });
    expect(state.turn).toMatchObject({ heard: "", answer: "It is on." });
    expect(apply(state, { type: "tick" }, START + 1_000).wishes).toEqual([]);
    const later = apply(state, { type: "tick" }, START + GLANCE_MS + 1);
    expect([later.turn, later.cards]).toEqual([null, []]);
  });
});

describe("words that are still spoken", () => {
  const partial = (text: string) => ({ type: "heard", turn_id: "", text, language: "en", final: false }) as const;

  it("are shown as they grow, and taken over by their turn", () => {
    const state = after(partial("turn on"), partial("turn on the"));
    expect(state.turn).toMatchObject({ heard: "turn on the", heardFinal: false });
    const said = apply(state, { type: "heard", turn_id: "", text: "turn on the light", language: "en", final: true }, START);
    expect(apply(said, { type: "phase", turn_id: "7", phase: "thinking" }, START).turn).toMatchObject({ id: "7", heardFinal: true });
  });

  it("are forgotten when nothing comes of them", () => {
    const state = after({ type: "phase", turn_id: "", phase: "listening" }, partial("mumble"), { type: "phase", turn_id: "", phase: "idle" });
    expect(state.turn).toBeNull();
  });
});

describe("the phase", () => {
  it("ends with the turn under way, not with a chime beside it", () => {
    const speaking = after({ type: "phase", turn_id: "1", phase: "speaking" });
    expect(apply(speaking, { type: "phase", turn_id: "chime", phase: "idle" }, START).phase).toBe("speaking");
    expect(apply(speaking, { type: "phase", turn_id: "1", phase: "idle" }, START).phase).toBe("idle");
    expect(apply(speaking, { type: "phase", turn_id: "", phase: "idle" }, START).phase).toBe("idle");
  });

  it("does not think for ever", () => {
    const waiting = after({ type: "waiting" });
    expect(waiting.phase).toBe("thinking");
    expect(apply(waiting, { type: "tick" }, START + 66_000).phase).toBe("idle");
  });

  it("words without a turn become those of the turn that follows", () => {
    const state = after({ type: "heard", turn_id: "", text: "lights on", language: "en", final: true }, { type: "phase", turn_id: "3", phase: "thinking" }, { type: "answer", turn_id: "3", text: "On.", language: "en", expects: false, streamed: false, undoable: false });
    expect(state.turn).toMatchObject({ id: "3", heard: "lights on", answer: "On." });
  });
});

describe("timers", () => {
  it("are listed whole, so that a newer list replaces an older", () => {
    expect(shownTimers(after(card("1", "a", timers("running", "tea", "egg")), card("2", "b", timers("running", "egg"))))).toEqual([["egg running"]]);
    expect(after(card("1", "a", timers("running", "tea")), card("2", "b", timers("running"))).cards).toEqual([]);
  });

  it("that ring stand beside those that run, until the hub silences them", () => {
    const state = after(card("1", "a", timers("running", "tea", "egg")), card("ring", "b", timers("ringing", "tea")));
    expect(shownTimers(state)).toEqual([["egg running"], ["tea ringing"]]);
    expect(shownTimers(apply(state, { type: "stop_turn", turn_id: "ring" }, START))).toEqual([["egg running"]]);
  });

  it("outlive the turn that set them when it is cut short", () => {
    expect(after(card("1", "a", timers("running", "tea")), { type: "stop_turn", turn_id: "1" }).cards).toHaveLength(1);
  });
});

describe("cards", () => {
  it("of the same id replace the one before", () => {
    const state = after(card("1", "a", text), card("1", "a", { ...text, title: "New" }));
    expect(state.cards).toHaveLength(1);
    expect(state.cards[0]?.card).toMatchObject({ title: "New" });
  });

  it("that ring come outside of any turn and leave the talk as it is", () => {
    const state = after({ type: "answer", turn_id: "1", text: "A", language: "en", expects: false, streamed: false, undoable: false }, card("ring", "r", timers("ringing", "tea")));
    expect(state.turn?.answer).toBe("A");
    expect(state.cards).toHaveLength(1);
  });

  it("remember what was tapped, and can be put away", () => {
    const shown = after(card("1", "a", text), { type: "chosen", cardId: "a", choice: "yes" });
    expect(shown.cards[0]?.choice).toBe("yes");
    expect(apply(shown, { type: "put_away", cardId: "a" }, START).cards).toEqual([]);
  });
});

it("a tick with nothing to end changes nothing", () => {
  const state = after(wish);
  expect(apply(state, { type: "tick" }, START + 1)).toBe(state);
});

describe("what was done", () => {
  const asked = { type: "said", text: "lamp on" } as const;
  const done = { type: "answer", turn_id: "1", text: "On.", language: "en", expects: false, streamed: false, undoable: true } as const;

  it("can be undone once", () => {
    expect(after(asked, done).turn?.undoable).toBe(true);
    expect(after(asked, done, { type: "undoing" }).turn).toMatchObject({ answer: "On.", undoable: false });
    expect(after(asked, done, asked).turn?.undoable).toBe(false);
  });

  it("takes its timer along, and leaves the others", () => {
    const two = after(card("1", "a", timers("running", "tea", "egg")), { type: "timer_over", timer_id: "tea" });
    expect(shownTimers(two)).toEqual([["egg running"]]);
    expect(apply(two, { type: "timer_over", timer_id: "egg" }, START).cards).toEqual([]);
    expect(shownTimers(after(card("1", "a", timers("running", "tea")), { type: "timer_over", timer_id: "rice" }))).toEqual([["tea running"]]);
  });
});

describe("a choice", () => {
  const guesses: Card = { type: "list", title: "Did you mean …", items: [{ title: "turn on the lamp", value: "1", subtitle: "", picture: "" }] };
  const tapped = { type: "chosen", cardId: "a", choice: "1" } as const;

  it("on a card of a talk is as good as said", () => {
    const state = after({ type: "said", text: "turn on the lam" }, card("1", "a", guesses), tapped);
    expect(state.turn).toMatchObject({ id: "", heard: "turn on the lamp", answer: "" });
    expect(state.cards).toEqual([]);
  });

  it("on a card that came of a touch is only marked", () => {
    const state = after(card("1", "a", guesses), tapped);
    expect([state.turn?.heard, state.cards[0]?.choice]).toEqual(["", "1"]);
  });
});
