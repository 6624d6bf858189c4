import { expect, it } from "vitest";
import { backoffMs } from "../src/net/backoff.ts";

it("waits longer each time, never longer than a quarter of a minute", () => {
  const waits = [0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 1));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

it("spreads screens apart by chance, by up to half", () => {
  expect(backoffMs(3, 0)).toBe(2000);
  expect(backoffMs(3, 0.5)).toBe(3000);
});
