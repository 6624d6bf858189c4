import { describe, expect, it } from "vitest";
import { Resampler } from "../src/audio/resampler.ts";

function tone(hz: number, rateHz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rateHz * seconds) }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rateHz));
}

function inPieces(resampler: Resampler, sound: Float32Array, size: number): number[] {
  const out: number[] = [];
  for (let at = 0; at < sound.length; at += size) out.push(...resampler.push(sound.slice(at, at + size)));
  return out;
}

function power(samples: readonly number[]): number {
  return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
}

/** How much of `samples` is the tone, 0…1. */
function tonal(samples: readonly number[], hz: number, rateHz: number): number {
  let [sine, cosine] = [0, 0];
  samples.forEach((each, at) => {
    sine += each * Math.sin((2 * Math.PI * hz * at) / rateHz);
    cosine += each * Math.cos((2 * Math.PI * hz * at) / rateHz);
  });
  return (2 * Math.hypot(sine, cosine)) / samples.length / (power(samples) * Math.SQRT2);
}

describe.each([
  [48_000, 16_000],
  [44_100, 16_000],
  [22_050, 48_000],
  [16_000, 16_000],
])("from %i to %i Hz", (from, to) => {
  it("keeps the length of time, however the sound is cut", () => {
    for (const size of [128, 441, 4096]) {
      const out = inPieces(new Resampler(from, to), tone(440, from, 1), size);
      expect(Math.abs(out.length - to)).toBeLessThan(to * 0.005);
    }
  });

  it("keeps a voice's tone pure and as loud as it was", () => {
    const out = inPieces(new Resampler(from, to), tone(1000, from, 1), 128).slice(400);
    expect(power(out)).toBeCloseTo(Math.SQRT1_2, 2);
    expect(tonal(out, 1000, to)).toBeGreaterThan(0.999);
  });

  it("gives the same sound in pieces as at once", () => {
    const sound = tone(700, from, 0.2);
    const whole = [...new Resampler(from, to).push(sound)];
    const pieces = inPieces(new Resampler(from, to), sound, 128);
    expect(pieces.length).toBe(whole.length);
    pieces.forEach((each, at) => expect(each).toBeCloseTo(whole[at] ?? NaN, 5));
  });
});

it("removes what the lower rate cannot carry", () => {
  const out = inPieces(new Resampler(48_000, 16_000), tone(11_000, 48_000, 0.5), 128).slice(400);
  expect(power(out)).toBeLessThan(0.01);
});
