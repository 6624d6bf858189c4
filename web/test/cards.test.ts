import { describe, expect, it } from "vitest";
import type { Card, TimerLine } from "../src/generated/messages.ts";
import { expired, orderProgress, READ_MS } from "../src/state/cards.ts";
import type { CardShown } from "../src/state/state.ts";
import { START, thing } from "./homes.ts";

const HOUR = 3_600_000;
const shown = (card: Card, extra: Partial<CardShown> = {}): CardShown => ({ id: "c", turnId: "t", card, shownAt: START, choice: null, ...extra });
const timer = (extra: Partial<TimerLine>): Card => ({
  type: "timer", title: "", timers: [{ id: "1", kind: "timer", label: "", due_at: "2026-11-22T09:05:00+08:00", state: "running", total_s: 300, remaining_s: null, ...extra }],
});
const machine = (state: string, progress = 0) => thing("machine", "coffee_machine", { power: true, state, progress }, { progress: { minimum: 0, maximum: 100 } });
const gone = (card: CardShown, at: number, things = [machine("idle")]): boolean => expired(card, things, START + at, START + at);

describe("a card stays", () => {
  it("long enough to be read", () => {
    const text = shown({ type: "text", title: "", body: "", choices: [] });
    expect(gone(text, READ_MS - 1)).toBe(false);
    expect(gone(text, READ_MS + 1)).toBe(true);
  });

  it("as a question until it is answered", () => {
    const confirm: Card = { type: "confirm", question: "?", yes: "y", no: "n" };
    expect(gone(shown(confirm), 10_000)).toBe(false);
    expect(gone(shown(confirm, { choice: "yes" }), 10_000)).toBe(true);
  });

  it("while a timer runs, waits or rings", () => {
    expect(gone(shown(timer({})), 200_000)).toBe(false);
    expect(gone(shown(timer({})), HOUR)).toBe(true);
    expect(gone(shown(timer({ state: "paused", remaining_s: 9 })), HOUR)).toBe(false);
    expect(gone(shown(timer({ state: "ringing" })), HOUR)).toBe(false);
    expect(gone(shown(timer({ state: "cancelled" })), 9_000)).toBe(true);
  });

  it("while its order is being made", () => {
    const order = shown({ type: "order", title: "", lines: [], thing_id: "machine" });
    expect(gone(order, HOUR, [machine("brewing", 50)])).toBe(false);
    expect(gone(order, READ_MS + 1, [machine("ready")])).toBe(false);
    expect(gone(order, READ_MS + 1, [machine("idle")])).toBe(true);
  });
});

it("an order's progress follows the thing", () => {
  expect(orderProgress(machine("brewing", 25))).toBe(0.25);
  expect(orderProgress(machine("ready", 0))).toBe(1);
  expect(orderProgress(undefined)).toBeNull();
  expect(orderProgress(thing("kettle", "switch", { power: true }))).toBeNull();
});
