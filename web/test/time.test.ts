import { expect, it } from "vitest";
import { clock, countdown, day, leftSeconds, leftShare, zoneOf } from "../src/state/time.ts";

const noon = Date.parse("2026-11-22T12:04:00Z");
const timer = { id: "1", kind: "timer", label: "", due_at: "2026-11-22T12:05:00Z", state: "running", total_s: 240, remaining_s: null };

it("a countdown ends at 0:00 and counts begun seconds whole", () => {
  expect([0, -3, 0.2, 59.1, 60, 3599.5, 3600, 86_399].map(countdown)).toEqual(["0:00", "0:00", "0:01", "1:00", "1:00", "1:00:00", "1:00:00", "23:59:59"]);
});

it("a running timer counts to its time, a paused one stands still", () => {
  expect(leftSeconds(timer, noon)).toBe(60);
  expect(leftShare(timer, noon)).toBe(0.25);
  expect(leftSeconds(timer, noon + 999_999)).toBe(0);
  expect(leftSeconds({ ...timer, remaining_s: 12 }, noon + 999_999)).toBe(12);
});

it("a timer of unknown length has an empty ring", () => {
  expect(leftShare({ ...timer, total_s: 0 }, noon)).toBe(0);
});

it("the clock shows the home's time, not the browser's", () => {
  expect(clock(noon, 480)).toBe("20:04");
  expect(clock(noon, -750)).toBe("23:34");
  expect(day(noon, 480, "en")).toBe("Sunday, 22 November");
  expect(day(noon, 720, "zh")).toBe("11月23日 星期一");
});

it("a zone is read from a time", () => {
  expect(["2026-11-22T09:00:00+08:00", "2026-11-22T09:00:00.123-0330", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00"].map(zoneOf)).toEqual([480, -210, 0, null]);
});
