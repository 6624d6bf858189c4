import { beforeEach, describe, expect, it, vi } from "vitest";
import { HOLD_MS, Talk } from "../src/talk.ts";

const phase = (name: "idle" | "listening" | "thinking" | "speaking") => ({ type: "phase", turn_id: "1", phase: name }) as const;
const heard = { type: "heard", turn_id: "1", text: "hi", language: "en", final: true } as const;
const answer = (expects: boolean) => ({ type: "answer", turn_id: "1", text: "?", language: "en", expects, streamed: false, undoable: false }) as const;

function setting(allowed = true) {
  const sent: string[] = [];
  const world = { busy: false };
  const microphone = { open: () => Promise.resolve(allowed), release: () => sent.push("release"), onframe: (_: ArrayBuffer): void => undefined };
  const talk = new Talk(microphone, {
    listen: (mode) => sent.push(mode) > 0,
    listenEnd: () => sent.push("end"),
    sound: (pcm) => sent.push(`sound ${pcm.byteLength}`),
    interrupt: () => {
      const was = world.busy;
      world.busy = false;
      return was && sent.push("stop") > 0;
    },
    busy: () => world.busy,
    waiting: () => {
      world.busy = true;
    },
    changed: () => undefined,
  });
  return { talk, sent, world, frame: (size: number) => microphone.onframe(new ArrayBuffer(size)) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
beforeEach(() => {
  vi.useFakeTimers();
});

describe("holding", () => {
  it("sends all that was said from the first moment to the last", async () => {
    const { talk, sent, frame } = setting();
    talk.press();
    await settle();
    frame(2);
    await vi.advanceTimersByTimeAsync(HOLD_MS);
    frame(4);
    talk.release();
    frame(6);
    expect(sent).toEqual(["hold", "sound 2", "sound 4", "end", "release"]);
  });

  it("stops what is being said first", async () => {
    const { talk, sent, world } = setting();
    world.busy = true;
    talk.press();
    await vi.advanceTimersByTimeAsync(HOLD_MS);
    expect(sent).toEqual(["stop", "hold"]);
  });
});

describe("words that are still spoken", () => {
  it("do not count as an answer that was heard", async () => {
    const { talk, sent } = setting();
    talk.tap();
    await settle();
    talk.follow({ ...heard, final: false });
    talk.follow(answer(true));
    talk.follow(phase("thinking"));
    talk.follow(phase("idle"));
    await settle();
    expect(sent.filter((each) => each === "open")).toHaveLength(1);
  });
});

describe("a tap", () => {
  it("listens until the hub has understood", async () => {
    const { talk, sent, frame } = setting();
    talk.tap();
    await settle();
    frame(2);
    talk.follow(phase("listening"));
    frame(4);
    talk.follow(phase("thinking"));
    frame(6);
    expect(sent).toEqual(["open", "sound 2", "sound 4", "end", "release"]);
  });

  it("while it speaks only silences it", async () => {
    const { talk, sent, world } = setting();
    world.busy = true;
    talk.tap();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual(["stop", "release"]);
  });

  it("that nobody speaks after ends with the hub's patience", async () => {
    const { talk, sent } = setting();
    talk.tap();
    await settle();
    talk.follow({ ...phase("idle"), turn_id: "" });
    expect(talk.mode).toBe("none");
    expect(sent.slice(0, 2)).toEqual(["open", "end"]);
  });

  it("while it listens ends the listening", async () => {
    const { talk, sent } = setting();
    talk.tap();
    await settle();
    talk.tap();
    await settle();
    expect(sent.filter((each) => each !== "release")).toEqual(["open", "end"]);
  });
});

describe("the wake word", () => {
  it("is waited for again after each turn, but not before its sound has ended", async () => {
    const { talk, sent, world } = setting();
    talk.setWake(true);
    await settle();
    talk.tap();
    await settle();
    world.busy = true;
    talk.follow(phase("thinking"));
    talk.follow(phase("idle"));
    await settle();
    expect(sent).toEqual(["wake", "open", "end"]);
    world.busy = false;
    talk.settle();
    await settle();
    expect(sent).toEqual(["wake", "open", "end", "wake"]);
  });

  it("goes on listening through a whole turn", async () => {
    const { talk, sent, frame } = setting();
    talk.setWake(true);
    await settle();
    ["listening", "thinking", "speaking", "idle"].forEach((each) => talk.follow(phase(each as "idle")));
    frame(2);
    await settle();
    expect(sent).toEqual(["wake", "sound 2"]);
  });

  it("is not asked for while what was held is still being made out", async () => {
    const { talk, sent } = setting();
    talk.setWake(true);
    await settle();
    talk.press();
    await vi.advanceTimersByTimeAsync(HOLD_MS);
    talk.release();
    talk.settle();
    await settle();
    expect(sent).toEqual(["wake", "hold", "end"]);
  });

  it("is given up when switched off", async () => {
    const { talk, sent } = setting();
    talk.setWake(true);
    await settle();
    talk.setWake(false);
    expect(sent.slice(0, 2)).toEqual(["wake", "end"]);
  });
});

describe("a question", () => {
  it("that followed speech is listened to, once", async () => {
    const { talk, sent } = setting();
    talk.tap();
    await settle();
    [phase("listening"), heard, phase("thinking"), answer(true), phase("speaking"), phase("idle")].forEach((each) => talk.follow(each));
    await settle();
    expect(sent.filter((each) => each === "open")).toHaveLength(2);
    [phase("listening"), phase("thinking"), answer(true), phase("idle")].forEach((each) => talk.follow(each));
    await settle();
    expect(sent.filter((each) => each === "open")).toHaveLength(2);
  });

  it("is left to a hub that listens anyway for its wake word", async () => {
    const { talk, sent } = setting();
    talk.setWake(true);
    await settle();
    [phase("listening"), heard, phase("thinking"), answer(true), phase("idle")].forEach((each) => talk.follow(each));
    await settle();
    expect(sent).toEqual(["wake"]);
  });

  it("that followed typing is not", async () => {
    const { talk, sent } = setting();
    talk.quiet();
    [heard, answer(true), phase("idle")].forEach((each) => talk.follow(each));
    await settle();
    expect(sent).toEqual(["release"]);
  });
});

it("a refused microphone sends nothing", async () => {
  const { talk, sent } = setting(false);
  talk.press();
  await vi.advanceTimersByTimeAsync(1000);
  talk.release();
  await settle();
  expect(sent).toEqual([]);
  expect(talk.pressed).toBe(false);
});
