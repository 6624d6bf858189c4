/** The state follows a hub through real turns over a real socket. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { FromBrowser, ToBrowser } from "../src/generated/messages.ts";
import { decodeSound } from "../src/audio/pcm.ts";
import { initial } from "../src/state/state.ts";
import { Store } from "../src/store.ts";
import { startHub, type FakeHub } from "../dev/fake-hub.mjs";

let hub: FakeHub;
let socket: WebSocket;
let store: Store;
let samples: number;

beforeEach(async () => {
  hub = await startHub({ port: 0, quick: true });
  store = new Store(initial("en", null, 0));
  samples = 0;
  socket = new WebSocket(`ws://127.0.0.1:${hub.port}/ws`);
  socket.binaryType = "arraybuffer";
  socket.on("message", (data, binary) => {
    if (binary) samples += decodeSound(data as ArrayBuffer)?.samples.length ?? 0;
    else store.tell(JSON.parse(String(data)) as ToBrowser);
  });
  await new Promise((ready) => socket.once("open", ready));
  send({ type: "hello", device_id: "test", language: "en" });
  await until(() => store.state.home !== null);
});

afterEach(async () => {
  socket.terminate();
  await hub.close();
});

const send = (message: FromBrowser): void => socket.send(JSON.stringify(message));

function until(holds: () => boolean): Promise<void> {
  return new Promise((done) => {
    if (holds()) return done();
    store.watch(() => holds() && done());
  });
}

it("an order is answered, spoken and brewed to its end", async () => {
  send({ type: "text", text: "make me a large latte" });
  const machine = () => store.state.things.find((each) => each.thing.id === "coffee_machine")?.values["state"];
  await until(() => store.state.cards.some((each) => each.card.type === "order"));
  expect(store.state.turn?.answer).toContain("latte");
  await until(() => machine() === "brewing");
  await until(() => machine() === "ready");
  expect(samples).toBeGreaterThan(20_000);
});

it("a lock is asked about first and opens after yes", async () => {
  const locked = () => store.state.things.find((each) => each.thing.id === "front_door")?.values["locked"];
  send({ type: "adjust", thing_id: "front_door", name: "locked", value: false });
  await until(() => store.state.cards.some((each) => each.card.type === "confirm"));
  expect(locked()).toBe(true);
  send({ type: "tap", card_id: store.state.cards[0]?.id ?? "", choice: "yes" });
  await until(() => locked() === false);
});

it("what the hub refuses goes back to what it was", async () => {
  store.tell({ type: "wished", thingId: "kettle", name: "power", value: true });
  send({ type: "adjust", thing_id: "kettle", name: "power", value: true });
  await until(() => store.state.trouble !== null);
  expect(store.state.wishes).toEqual([]);
});

it("a change of language brings everything anew in it", async () => {
  send({ type: "change", language: "zh" });
  await until(() => store.state.language === "zh");
  expect(store.state.home?.suggestions[0]?.text).toMatch(/拿铁/);
});
