/** A hub of cardboard that follows the wire contract, for working on the screen without the real one.
 *  `node dev/fake-hub.mjs [port]`; FAKE=empty, deaf, signed-out or first-start changes what it is. */
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { places, suggestions, things } from "./furnished.mjs";
import { otherwise, scenes } from "./scenes.mjs";

const STATIC = fileURLToPath(new URL("../../src/jingling/server/static/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const RATE_HZ = 22_050;

export function startHub({ port = 8765, fake = process.env.FAKE ?? "", quick = false } = {}) {
  const hub = { home: fake === "empty" ? [] : things(), signedIn: !["signed-out", "first-start"].includes(fake), fake, quick, version: "0.1.0", received: [], sockets: new Set(), heardBytes: 0 };
  const server = createServer((request, response) => serve(hub, request, response));
  const line = new WebSocketServer({ server, path: "/ws" });
  line.on("connection", (socket) => attend(hub, socket));
  hub.close = () => new Promise((done) => { hub.sockets.forEach((each) => each.socket.terminate()); line.close(); server.close(done); server.closeAllConnections(); });
  return new Promise((ready) => server.listen(port, "127.0.0.1", () => { hub.port = server.address().port; ready(hub); }));
}

function serve(hub, request, response) {
  const path = new URL(request.url, "http://hub").pathname;
  if (path.startsWith("/api/")) return api(hub, path, request, response);
  const file = join(STATIC, normalize(path === "/" ? "/index.html" : path));
  if (!file.startsWith(STATIC) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": POLICY });
  createReadStream(file).pipe(response);
}

function api(hub, path, request, response) {
  const answer = (status, body) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (path === "/api/session") return answer(200, { signed_in: hub.signedIn, needs_password: !hub.signedIn, first_start: hub.fake === "first-start", lan: !hub.signedIn });
  if (path === "/api/phrases") return answer(200, { phrases: [] });
  if (path === "/api/outside") return answer(200, { model: { state: "none", text: "No language model is set up." }, servers: [] });
  if (path === "/api/pair-code") return answer(200, { code: "482 913", expires_s: 300 });
  let body = "";
  request.on("data", (part) => (body += part)).on("end", () => {
    const { password, code } = JSON.parse(body || "{}");
    hub.signedIn = path === "/api/sign-in" ? password === "open sesame" : path === "/api/password" ? password.length >= 8 : code === "482913";
    answer(hub.signedIn ? 200 : 401, hub.signedIn ? {} : { text: "no" });
  });
}

function attend(hub, socket) {
  const screen = { socket, language: "en", place_id: null, turn: 0, stream: 0, stop: () => undefined };
  hub.sockets.add(screen);
  socket.on("close", () => hub.sockets.delete(screen));
  socket.on("message", (data, binary) => (binary ? hearSound(hub, screen, data) : take(hub, screen, JSON.parse(String(data)))));
}

const send = (screen, message) => screen.socket.readyState === 1 && screen.socket.send(JSON.stringify(message));
const wait = (hub, ms) => new Promise((done) => setTimeout(done, hub.quick ? ms / 20 : ms));

function hearSound(hub, screen, data) {
  hub.heardBytes += data.length;
  screen.bytes = (screen.bytes ?? 0) + data.length;
  if (screen.mode === "open" && screen.bytes > 64_000) heardAll(hub, screen);
}

function heardAll(hub, screen) {
  screen.mode = "none";
  void turn(hub, screen, screen.language === "zh" ? "来一杯大杯拿铁" : "make me a large latte", true);
}

function take(hub, screen, message) {
  hub.received.push(message);
  switch (message.type) {
    case "hello":
    case "change":
      Object.assign(screen, Object.fromEntries(["language", "place_id"].filter((key) => message[key] !== undefined && message[key] !== null).map((key) => [key, message[key]])));
      return send(screen, snapshot(hub, screen));
    case "text":
      return void turn(hub, screen, message.text);
    case "listen":
      Object.assign(screen, { mode: message.mode, bytes: 0 });
      return send(screen, { type: "phase", turn_id: "", phase: message.mode === "wake" ? "idle" : "listening" });
    case "listen_end":
      return screen.mode === "hold" ? heardAll(hub, screen) : (screen.mode = "none");
    case "adjust":
      return void adjust(hub, screen, message);
    case "tap":
      return void tapped(hub, screen, message);
    case "stop":
      return stop(screen);
    case "ping":
      return send(screen, { type: "pong" });
  }
}

function snapshot(hub, screen) {
  const { language } = screen;
  return {
    type: "snapshot", home_name: { en: "Lantern Lane", zh: "灯笼巷" }, language, device_id: "d", place_id: screen.place_id, places: hub.fake === "empty" ? [] : places(), things: hub.home,
    suggestions: suggestions[language].map(([text, skill]) => ({ text, skill })), wake_words: ["alexa", "hey_jarvis"], speech: hub.fake !== "deaf", version: hub.version, now: new Date().toISOString().replace("Z", "+00:00"),
    missing: language === "zh" ? ["还没有普通话的听写模型。"] : ["No dictation model for Mandarin is installed."],
  };
}

async function turn(hub, screen, text, spoken = false) {
  stop(screen);
  const turn_id = `t${(screen.turn += 1)}`;
  const language = /[一-鿿]/.test(text) ? "zh" : screen.language;
  const scene = scenes.find((each) => each.words.test(text)) ?? otherwise;
  let over = false;
  screen.stop = () => { over = true; send(screen, { type: "stop_turn", turn_id }); send(screen, { type: "phase", turn_id, phase: "idle" }); };
  if (spoken) send(screen, { type: "heard", turn_id, text: text.slice(0, text.length / 2), language, final: false });
  send(screen, { type: "phase", turn_id, phase: "thinking" });
  await wait(hub, 500);
  if (over) return;
  send(screen, { type: "heard", turn_id, text, language, final: true });
  await wait(hub, 300);
  if (over) return;
  send(screen, { type: "answer", turn_id, text: scene.reply[language === "zh" ? 1 : 0], language, expects: scene.expects ?? false, streamed: false, undoable: false });
  if (scene.card) send(screen, { type: "card", turn_id, card_id: `c-${turn_id}`, card: scene.card(language === "zh") });
  if (scene.brew) void brew(hub);
  send(screen, { type: "phase", turn_id, phase: "speaking" });
  if (!(await speak(hub, screen, turn_id, () => over))) return;
  send(screen, { type: "phase", turn_id, phase: "idle" });
  screen.stop = () => undefined;
}

/** A hum that swells like syllables; false when it was stopped. */
async function speak(hub, screen, turn_id, over) {
  const stream = (screen.stream += 1);
  send(screen, { type: "audio_start", turn_id, stream, rate_hz: RATE_HZ });
  for (let part = 0; part < 20; part += 1) {
    if (over()) return false;
    const frame = Buffer.alloc(4 + 2 * 2205);
    frame.writeUInt32LE(stream, 0);
    for (let at = 0; at < 2205; at += 1) {
      const time = (part * 2205 + at) / RATE_HZ;
      frame.writeInt16LE(Math.round(5000 * Math.sin(2 * Math.PI * 220 * time) * Math.abs(Math.sin(Math.PI * 3 * time))), 4 + 2 * at);
    }
    screen.socket.send(frame);
    await wait(hub, 95);
  }
  send(screen, { type: "audio_end", turn_id, stream });
  return true;
}

function stop(screen) {
  screen.stop();
  screen.stop = () => undefined;
}

function update(hub, thing_id, values) {
  const now = hub.home.find((each) => each.thing.id === thing_id);
  Object.assign(now.values, values);
  hub.sockets.forEach((screen) => send(screen, { type: "thing", thing_id, values, reachable: now.reachable }));
}

async function brew(hub) {
  update(hub, "coffee_machine", { power: true, state: "heating", progress: 0 });
  await wait(hub, 1500);
  for (let progress = 0; progress <= 100; progress += 5) {
    update(hub, "coffee_machine", { state: "brewing", progress });
    await wait(hub, 700);
  }
  update(hub, "coffee_machine", { state: "ready" });
  await wait(hub, 12_000);
  update(hub, "coffee_machine", { state: "idle", progress: 0 });
}

async function adjust(hub, screen, { thing_id, name, value }) {
  const { thing } = hub.home.find((each) => each.thing.id === thing_id);
  await wait(hub, 120);
  if (thing.type === "lock" && value === false) return turn(hub, screen, screen.language === "zh" ? "开锁" : "unlock");
  if (thing_id === "kettle") return send(screen, { type: "trouble", code: "refused", text: screen.language === "zh" ? "热水壶没有水。" : "The kettle has no water." });
  if (thing.type === "cover" && name === "position") return move(hub, thing_id, value);
  if (name in thing.actions) return update(hub, thing_id, { state: { start: "cleaning", dock: "returning", play: "playing", pause: "paused", stop: "open" }[name] });
  return update(hub, thing_id, { [name]: value });
}

async function move(hub, thing_id, to) {
  const { values } = hub.home.find((each) => each.thing.id === thing_id);
  update(hub, thing_id, { state: to > values.position ? "opening" : "closing" });
  while (values.position !== to) {
    await wait(hub, 250);
    update(hub, thing_id, { position: values.position + Math.sign(to - values.position) * Math.min(10, Math.abs(to - values.position)) });
  }
  update(hub, thing_id, { state: to === 0 ? "closed" : "open" });
}

async function tapped(hub, screen, { choice }) {
  if (choice === "yes") update(hub, "front_door", { locked: false });
  return turn(hub, screen, choice);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const hub = await startHub({ port: Number(process.argv[2] ?? 8765) });
  console.log(`fake hub on port ${hub.port}`);
}
