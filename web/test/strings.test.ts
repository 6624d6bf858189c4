import { expect, it } from "vitest";
import { en } from "../src/strings/en.ts";
import { zh } from "../src/strings/zh.ts";
import { begun, named, words, type Key } from "../src/strings/words.ts";
import { term } from "../src/strings/vocabulary.ts";

const keys = Object.keys(en) as Key[];
const fields = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();

it("both languages say the same things with the same fields", () => {
  expect(Object.keys(zh)).toEqual(keys);
  for (const key of keys) expect([key, fields(zh[key])]).toEqual([key, fields(en[key])]);
});

it("nothing is empty, and Mandarin is written in Chinese", () => {
  const foreign = new Set<Key>(["language.switch", "card.at", "thing.read"]);
  for (const key of keys) {
    expect(en[key].trim(), key).not.toBe("");
    if (!foreign.has(key)) expect(zh[key], key).toMatch(/[一-鿿]/);
  }
});

it("fields are filled in, unknown ones stay visible", () => {
  expect(words("en", "home.lit", { count: 3 })).toBe("3 on");
  expect(words("zh", "home.lit", { count: 3 })).toBe("3 个开着");
  expect(words("en", "home.lit")).toBe("{count} on");
});

it("a name is taken in the language, else in another, else the id", () => {
  expect(named({ en: ["Lamp"], zh: ["灯"] }, "zh", "x")).toBe("灯");
  expect(named({ en: ["lamp"], zh: [] }, "zh", "x")).toBe("Lamp");
  expect(named({}, "zh", "x")).toBe("x");
});

it("terms of a home are translated, unknown ones are shown readably", () => {
  expect([term("zh", "target_temperature"), term("en", "target_temperature"), term("en", "spin_speed"), term("zh", "spin_speed")]).toEqual(["目标温度", "Target", "Spin speed", "spin speed"]);
});

it("a line of its own begins with a capital", () => {
  expect([begun("water the basil"), begun("给妈妈打电话"), begun("")]).toEqual(["Water the basil", "给妈妈打电话", ""]);
});
