/** How long a card stays. */
import type { ThingNow, TimerLine } from "../generated/messages.ts";
import type { CardShown } from "./state.ts";

const SECOND = 1000;
export const READ_MS = 60 * SECOND;
export const LIST_MS = 150 * SECOND;
const ANSWERED_MS = 2 * SECOND;
const OVER_MS = 8 * SECOND;
const OVERDUE_MS = 90 * SECOND;
const ORDER_MS = 180 * SECOND;

const WORKING = new Set(["heating", "brewing", "grinding", "warming"]);

/** Cards that outlive the next turn: what they show still goes on. An order that no thing makes yet is but talk. */
export function standing(shown: CardShown): boolean {
  return shown.card.type === "timer" || (shown.card.type === "order" && shown.card.thing_id !== "");
}

export function ringing(shown: CardShown): boolean {
  return shown.card.type === "timer" && shown.card.timers.some((timer) => timer.state === "ringing");
}

/** The cards with a new one: in the place of the same id, and instead of what it knows better. */
export function withCard(cards: readonly CardShown[], shown: CardShown): readonly CardShown[] {
  const others = cards.flatMap((each) => (each.id === shown.id ? [] : outdated(each, shown)));
  const empty = shown.card.type === "timer" && shown.card.timers.length === 0;
  return empty ? others : [...others, shown];
}

/** What is left of an older card: timers are listed whole, kind by kind, and a thing makes one order at a time. */
function outdated(old: CardShown, fresh: CardShown): CardShown[] {
  if (old.card.type === "order" && fresh.card.type === "order") return [];
  if (old.card.type !== "timer" || fresh.card.type !== "timer") return [old];
  const { timers, title } = fresh.card;
  if (timers.length === 0) return old.card.title === title ? [] : [old];
  const ids = new Set(timers.map((timer) => timer.id));
  const kinds = new Set(ringing(fresh) && timers.length === 1 ? [] : timers.map((timer) => timer.kind));
  const left = old.card.timers.filter((timer) => !ids.has(timer.id) && (!kinds.has(timer.kind) || timer.state === "ringing"));
  return left.length === 0 ? [] : [{ ...old, card: { ...old.card, timers: left } }];
}

/** What is left when a timer was cancelled or dismissed, here or elsewhere. */
export function withoutTimer(cards: readonly CardShown[], id: string): readonly CardShown[] {
  return cards.flatMap((each) => {
    if (each.card.type !== "timer" || each.card.timers.every((timer) => timer.id !== id)) return [each];
    const timers = each.card.timers.filter((timer) => timer.id !== id);
    return timers.length === 0 ? [] : [{ ...each, card: { ...each.card, timers } }];
  });
}

/** Whether the card has nothing more to say at `now` (ms, the hub's clock for timers). */
export function expired(shown: CardShown, things: readonly ThingNow[], now: number, hubNow: number): boolean {
  const age = now - shown.shownAt;
  switch (shown.card.type) {
    case "confirm":
      return age > READ_MS || (shown.choice !== null && age > ANSWERED_MS);
    case "timer":
      return shown.card.timers.every((timer) => timerOver(timer, hubNow)) && age > OVER_MS;
    case "order":
      return orderOver(shown, things, age);
    case "list":
      return age > LIST_MS;
    default:
      return age > READ_MS;
  }
}

function timerOver(timer: TimerLine, hubNow: number): boolean {
  if (timer.state === "ringing" || timer.state === "paused") return false;
  if (timer.state === "running") return hubNow - Date.parse(timer.due_at) > OVERDUE_MS;
  return true;
}

function orderOver(shown: CardShown, things: readonly ThingNow[], age: number): boolean {
  if (shown.card.type !== "order") return true;
  const { thing_id } = shown.card;
  const state = things.find((each) => each.thing.id === thing_id)?.values["state"];
  if (typeof state === "string" && WORKING.has(state)) return false;
  return age > (state === "idle" ? READ_MS : ORDER_MS);
}

/** How far an order is, 0…1, or null when its thing does not say. */
export function orderProgress(now: ThingNow | undefined): number | null {
  if (!now) return null;
  if (now.values["state"] === "ready" || now.values["state"] === "done") return 1;
  const progress = now.values["progress"];
  if (typeof progress !== "number") return null;
  const most = now.thing.properties["progress"]?.maximum ?? 100;
  return Math.min(1, Math.max(0, progress / most));
}
