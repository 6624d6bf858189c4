import { describe, expect, it } from "vitest";
import { decodeSound, encodePcm, Framer, loudness } from "../src/audio/pcm.ts";

describe("sound frames from the hub", () => {
  it("begin with a little-endian stream number, then 16-bit samples", () => {
    const bytes = Uint8Array.from([0x01, 0x02, 0, 0, 0x00, 0x40, 0x00, 0x80]);
    const decoded = decodeSound(bytes.buffer);
    expect(decoded?.stream).toBe(0x0201);
    expect([...(decoded?.samples ?? [])]).toEqual([0.5, -1]);
  });

  it("that are too short are refused, and half a sample at the end is dropped", () => {
    expect(decodeSound(new ArrayBuffer(3))).toBeNull();
    expect(decodeSound(new ArrayBuffer(7))?.samples.length).toBe(1);
  });
});

describe("microphone frames", () => {
  it("are 16-bit little-endian, clipped at full scale", () => {
    const view = new DataView(encodePcm(Float32Array.from([0, 1, -1, 3, -3, 0.5])));
    expect([0, 2, 4, 6, 8, 10].map((at) => view.getInt16(at, true))).toEqual([0, 32767, -32768, 32767, -32768, 16384]);
  });

  it("all have one size, and no sample is lost between them", () => {
    const framer = new Framer(4);
    const sound = Float32Array.from({ length: 11 }, (_, at) => at);
    const frames = [...framer.push(sound.slice(0, 3)), ...framer.push(sound.slice(3, 9)), ...framer.push(sound.slice(9))];
    expect(frames.map((frame) => [...frame])).toEqual([[0, 1, 2, 3], [4, 5, 6, 7]]);
    expect([...(framer.push(Float32Array.of(11))[0] ?? [])]).toEqual([8, 9, 10, 11]);
  });
});

it("loudness goes from silence to a shout", () => {
  expect(loudness(new Float32Array(100))).toBe(0);
  expect(loudness(new Float32Array(0))).toBe(0);
  const quiet = loudness(new Float32Array(100).fill(0.01));
  const loud = loudness(new Float32Array(100).fill(0.1));
  expect(quiet).toBeGreaterThan(0.2);
  expect(loud).toBeGreaterThan(quiet);
  expect(loudness(new Float32Array(100).fill(1))).toBe(1);
});
