/** Small homes for tests. */
import type { Property, Snapshot, ThingNow, Value } from "../src/generated/messages.ts";
import { apply, type Happening } from "../src/state/reduce.ts";
import { initial, type State } from "../src/state/state.ts";

export const START = Date.parse("2026-11-22T09:00:00+08:00");

const described = (kind: Property["kind"], extra: Partial<Property> = {}): Property => ({ kind, writable: true, unit: "", minimum: null, maximum: null, choices: [], ...extra });

export function thing(id: string, type: ThingNow["thing"]["type"], values: Record<string, Value>, properties: Record<string, Partial<Property>> = {}, place = "kitchen"): ThingNow {
  const all = Object.entries(values).map(([name, value]) => [name, described(typeof value === "boolean" ? "boolean" : typeof value === "number" ? "number" : "string", properties[name])]);
  return { thing: { id, type, names: { en: [id], zh: [`${id}名`] }, place_id: place, device_class: "", properties: Object.fromEntries(all), actions: {}, events: [] }, values, reachable: true };
}

export const lamp = (): ThingNow => thing("lamp", "light", { power: false, brightness: 40 }, { brightness: { kind: "integer", unit: "%", minimum: 0, maximum: 100 } });

export function snapshot(extra: Partial<Snapshot> = {}): Snapshot {
  return {
    type: "snapshot", home_name: { en: "Home" }, language: "en", device_id: "d", place_id: null,
    places: [{ id: "kitchen", names: { en: ["Kitchen"] }, floor: "" }, { id: "bedroom", names: { en: ["Bedroom"] }, floor: "" }],
    things: [lamp(), thing("bed", "light", { power: true }, {}, "bedroom"), thing("shed", "switch", { power: true }, {}, "garden")],
    suggestions: [], wake_words: ["alexa"], speech: true, version: "1", now: "2026-11-22T09:00:00+08:00", missing: [], ...extra,
  };
}

export function after(...happenings: readonly Happening[]): State {
  return happenings.reduce((state, each) => apply(state, each, START), apply(initial("en", null, 0), snapshot(), START));
}
