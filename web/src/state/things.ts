/** What things look like now: the hub's values with the person's pending wishes on top. Pure. */
import type { Place, Thing, ThingNow, Value } from "../generated/messages.ts";
import { named, words, type Language } from "../strings/words.ts";
import { term } from "../strings/vocabulary.ts";
import type { State, Wish } from "./state.ts";

export interface Group {
  readonly place: Place | null;
  readonly things: readonly ThingNow[];
}

const ORDER: readonly Thing["type"][] = [
  "light", "switch", "fan", "climate", "cover", "lock", "coffee_machine", "vacuum", "media_player", "sensor",
];

/** The values that are shown: those wished for count as done until the hub says otherwise. */
export function wishedFor(now: ThingNow, wishes: readonly Wish[]): ThingNow {
  const ours = wishes.filter((wish) => wish.thingId === now.thing.id);
  if (ours.length === 0) return now;
  return { ...now, values: { ...now.values, ...Object.fromEntries(ours.map((wish) => [wish.name, wish.value])) } };
}

/** Things by place in the home's order, the screen's own place first, placeless ones last. */
export function grouped(state: State): Group[] {
  const places = [...(state.home?.places ?? [])].sort(
    (one, other) => Number(other.id === state.placeId) - Number(one.id === state.placeId),
  );
  const known = new Set(places.map((place) => place.id));
  const shown = state.things.map((each) => wishedFor(each, state.wishes)).sort((one, other) => rank(one) - rank(other));
  const groups: Group[] = places.map((place) => ({ place, things: shown.filter((each) => each.thing.place_id === place.id) }));
  groups.push({ place: null, things: shown.filter((each) => !known.has(each.thing.place_id ?? "")) });
  return groups.filter((group) => group.things.length > 0);
}

function rank(now: ThingNow): number {
  const at = ORDER.indexOf(now.thing.type);
  return at < 0 ? ORDER.length : at;
}

/** Whether it gives light, moves or works: whether its window is lit. */
export function active(now: ThingNow): boolean {
  if (!now.reachable) return false;
  const { power, locked, state, position } = now.values;
  switch (now.thing.type) {
    case "lock":
      return locked === false;
    case "cover":
      return typeof position === "number" ? position > 0 : state === "open" || state === "opening";
    case "vacuum":
      return state === "cleaning" || state === "returning";
    case "sensor":
      return Object.values(now.values).some((value) => value === true);
    case "media_player":
      return power === true || state === "playing";
    default:
      return power === true;
  }
}

/** How brightly its window is lit, 0…1. */
export function glow(now: ThingNow): number {
  if (!active(now)) return 0;
  const { brightness, position } = now.values;
  if (now.thing.type === "light" && typeof brightness === "number") return 0.35 + 0.65 * share(now.thing, "brightness", brightness);
  if (now.thing.type === "cover" && typeof position === "number") return 0.35 + 0.65 * share(now.thing, "position", position);
  return 1;
}

/** A value's place between its property's ends, 0…1. */
export function share(thing: Thing, name: string, value: number): number {
  const least = thing.properties[name]?.minimum ?? 0;
  const most = thing.properties[name]?.maximum ?? 100;
  return most > least ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0;
}

/** What a tap on the thing sets: a boolean property and its new value; null when a tap does not switch it. */
export function toggle(now: ThingNow): { name: string; value: Value } | null {
  if (now.thing.type === "lock") return flip(now, "locked");
  if (now.thing.type === "cover") {
    const position = now.thing.properties["position"];
    if (!position?.writable) return null;
    return { name: "position", value: active(now) ? (position.minimum ?? 0) : (position.maximum ?? 100) };
  }
  return flip(now, "power");
}

function flip(now: ThingNow, name: string): { name: string; value: Value } | null {
  const property = now.thing.properties[name];
  return property?.kind === "boolean" && property.writable ? { name, value: now.values[name] !== true } : null;
}

/** A value as it is read: "40 %", "21.5 °C", 冲煮中. */
export function reading(thing: Thing, name: string, value: Value | undefined, language: Language): string {
  const property = thing.properties[name];
  if (value === null || value === undefined || value === "") return words(language, "thing.unknown");
  if (typeof value === "boolean") return flag(name, value, language);
  if (typeof value === "string") return property?.kind === "color" ? value : term(language, value);
  const digits = property?.kind === "number" ? 1 : 0;
  const number = value.toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: digits, useGrouping: false });
  const unit = property?.unit ?? "";
  return unit === "" || unit === "%" || unit.startsWith("°") ? `${number}${unit}` : `${number} ${unit}`;
}

function flag(name: string, value: boolean, language: Language): string {
  if (name === "power") return words(language, value ? "thing.on" : "thing.off");
  if (name === "locked") return words(language, value ? "thing.locked" : "thing.unlocked");
  if (name === "open" || name === "contact") return words(language, value ? "thing.open" : "thing.closed");
  if (["smoke", "leak", "gas"].includes(name)) return words(language, value ? "thing.alarm" : "thing.fine");
  if (["motion", "occupancy", "presence"].includes(name)) return words(language, value ? "thing.detected" : "thing.clear");
  return words(language, value ? "thing.yes" : "thing.no");
}

/** One line on how the thing is. */
export function summary(now: ThingNow, language: Language): string {
  if (!now.reachable) return words(language, "thing.unreachable");
  const read = (name: string): string => reading(now.thing, name, now.values[name], language);
  const has = (name: string): boolean => now.values[name] !== undefined && now.values[name] !== null;
  const on = now.values["power"] === true;
  switch (now.thing.type) {
    case "light":
      return on && has("brightness") ? read("brightness") : read("power");
    case "fan":
      return on && has("speed") ? read("speed") : read("power");
    case "climate":
      return climate(on, read, has);
    case "cover":
      return cover(now, read, has);
    case "lock":
      return read("locked");
    case "coffee_machine":
      return has("state") && (on || now.values["state"] !== "idle") ? read("state") : read("power");
    case "sensor":
    case "vacuum":
    case "media_player":
      return listed(now, read);
    case "switch":
      return read("power");
  }
}

type Read = (name: string) => string;
type Has = (name: string) => boolean;

function climate(on: boolean, read: Read, has: Has): string {
  const inside = has("current_temperature") ? read("current_temperature") : "";
  if (!on) return [read("power"), inside].filter(Boolean).join(" · ");
  return [inside, has("target_temperature") ? `→ ${read("target_temperature")}` : ""].filter(Boolean).join(" ") || read("power");
}

function cover(now: ThingNow, read: Read, has: Has): string {
  const { state, position } = now.values;
  if (state === "opening" || state === "closing") return has("position") ? `${read("state")} · ${read("position")}` : read("state");
  if (typeof position === "number" && position > 0 && position < 100) return read("position");
  return has("state") ? read("state") : read("position");
}

function listed(now: ThingNow, read: Read): string {
  const names = Object.keys(now.thing.properties).filter((name) => name !== "power" && name !== "volume");
  return names.slice(0, 2).map(read).join(" · ") || read("power");
}

export function nameOf(thing: Thing, language: Language): string {
  return named(thing.names, language, thing.id);
}
