import { describe, expect, it } from "vitest";
import { active, glow, grouped, reading, summary, toggle, wishedFor } from "../src/state/things.ts";
import { after, lamp, thing } from "./homes.ts";

const percent = { kind: "integer", unit: "%", minimum: 0, maximum: 100 } as const;

describe("the home", () => {
  it("begins with the screen's own place and ends with what stands nowhere known", () => {
    const groups = grouped(after({ type: "place", placeId: "bedroom" }));
    expect(groups.map((group) => group.place?.id ?? "none")).toEqual(["bedroom", "kitchen", "none"]);
    expect(groups[2]?.things.map((each) => each.thing.id)).toEqual(["shed"]);
  });

  it("shows a wish as done", () => {
    const [kitchen] = grouped(after({ type: "wished", thingId: "lamp", name: "power", value: true }));
    expect(kitchen?.things[0]?.values["power"]).toBe(true);
  });
});

describe("a tap", () => {
  it("turns a lamp the other way, also when a wish is under way", () => {
    expect(toggle(lamp())).toEqual({ name: "power", value: true });
    expect(toggle(wishedFor(lamp(), [{ thingId: "lamp", name: "power", value: true, at: 0 }]))).toEqual({ name: "power", value: false });
  });

  it("opens and closes a cover, and locks a door", () => {
    const curtain = (position: number) => thing("c", "cover", { position, state: "open" }, { position: percent });
    expect(toggle(curtain(0))).toEqual({ name: "position", value: 100 });
    expect(toggle(curtain(30))).toEqual({ name: "position", value: 0 });
    expect(toggle(thing("l", "lock", { locked: true }))).toEqual({ name: "locked", value: false });
  });

  it("does nothing to what cannot be set", () => {
    expect(toggle(thing("s", "sensor", { temperature: 3 }))).toBeNull();
    expect(toggle(thing("x", "switch", { power: true }, { power: { writable: false } }))).toBeNull();
  });
});

describe("a window", () => {
  it("is lit by how bright its lamp is", () => {
    const bright = (brightness: number) => glow(thing("l", "light", { power: true, brightness }, { brightness: percent }));
    expect(glow(lamp())).toBe(0);
    expect(bright(100)).toBe(1);
    expect(bright(10)).toBeLessThan(bright(60));
  });

  it("is dark when the thing cannot be reached", () => {
    expect(active({ ...thing("l", "light", { power: true }), reachable: false })).toBe(false);
  });
});

describe("how a thing is", () => {
  it("is said in the person's language", () => {
    const lock = thing("l", "lock", { locked: false });
    expect([summary(lock, "en"), summary(lock, "zh")]).toEqual(["Unlocked", "未锁"]);
    const machine = thing("m", "coffee_machine", { power: true, state: "brewing", progress: 5 });
    expect([summary(machine, "en"), summary(machine, "zh")]).toEqual(["Brewing", "冲煮中"]);
    expect(summary({ ...lock, reachable: false }, "zh")).toBe("连不上");
  });

  it("has its units", () => {
    const sensor = thing("s", "sensor", { temperature: 21.46, illuminance: 1200, humidity: 40 }, { temperature: { unit: "°C" }, illuminance: { unit: "lx", kind: "integer" }, humidity: { unit: "%" } });
    const read = (name: string) => reading(sensor.thing, name, sensor.values[name], "en");
    expect([read("temperature"), read("illuminance"), read("humidity"), read("none")]).toEqual(["21.5°C", "1200 lx", "40%", "No reading"]);
  });

  it("names where a moving cover is", () => {
    const cover = (state: string, position: number) => summary(thing("c", "cover", { position, state }, { position: percent }), "en");
    expect([cover("opening", 30), cover("open", 100), cover("open", 60), cover("closed", 0)]).toEqual(["Opening · 30%", "Open", "60%", "Closed"]);
  });
});
