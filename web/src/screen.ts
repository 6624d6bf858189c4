/** Puts the parts together: what a person does goes to the hub, what the hub says goes to the state and the loudspeaker. */
import type { Act } from "./act.ts";
import { Microphone } from "./audio/microphone.ts";
import { decodeSound } from "./audio/pcm.ts";
import { Player } from "./audio/player.ts";
import { unlockSound } from "./audio/sound.ts";
import type { FromBrowser, Hello, ToBrowser, Value } from "./generated/messages.ts";
import { keep, newId, recall, type Kept } from "./keep.ts";
import { Connection } from "./net/connection.ts";
import type { Session } from "./net/session.ts";
import { ringing } from "./state/cards.ts";
import { initial } from "./state/state.ts";
import { Store } from "./store.ts";
import { words } from "./strings/words.ts";
import { Talk } from "./talk.ts";

export class Screen {
  kept: Kept = recall();
  session: Session | null = null;
  readonly store = new Store(initial(this.kept.language, this.kept.placeId, -new Date().getTimezoneOffset()));
  readonly microphone = new Microphone();
  readonly player = new Player();
  readonly talk: Talk;
  /** Called when something beside the state changed: the microphone, the sound, what is kept. */
  onchange: () => void = () => undefined;
  private readonly connection: Connection;

  constructor() {
    this.connection = new Connection({
      hello: () => this.hello(),
      message: (message) => this.message(message),
      sound: (frame) => this.sound(frame),
      lost: () => this.gone("lost"),
      signedOut: (session) => this.signedOut(session),
      takenOver: () => this.gone("elsewhere"),
    });
    this.talk = new Talk(this.microphone, {
      listen: (mode) => this.connection.send({ type: "listen", mode }),
      listenEnd: () => this.connection.send({ type: "listen_end" }),
      sound: (pcm) => this.connection.sendSound(pcm),
      interrupt: (reason) => this.interrupt(reason),
      busy: () => this.store.state.phase !== "idle" || this.player.playing,
      waiting: () => this.store.tell({ type: "waiting" }),
      changed: () => this.onchange(),
    });
    this.microphone.onchange = () => this.microphoned();
    this.player.onchange = () => this.played();
    this.player.setVolume(this.kept.volume);
  }

  async start(): Promise<void> {
    keep(this.kept);
    setInterval(() => this.tick(), 1000);
    addEventListener("online", () => void this.connection.connect());
    await this.connection.connect();
  }

  /** Does what a person asked for; false when the hub is not there to take it. */
  perform(what: Act): boolean {
    switch (what.do) {
      case "say":
        return this.say(what.text);
      case "adjust":
        return this.adjust(what.thingId, what.name, what.value);
      case "start":
        return this.send({ type: "adjust", thing_id: what.thingId, name: what.action, value: null, request_id: newId() });
      case "tap":
        return this.tap(what.cardId, what.choice);
      case "undo":
        return this.undo();
      case "put-away":
        this.store.tell({ type: "put_away", cardId: what.cardId });
        return true;
      case "stop":
        return this.stop(what.reason);
      case "escape":
        return this.escape();
      case "language":
        return this.change({ language: what.language });
      case "place":
        return this.change({ placeId: what.placeId });
      case "wake":
        this.remember({ wake: what.on });
        this.talk.setWake(what.on);
        return true;
      default:
        return this.performHere(what);
    }
  }

  private performHere(what: Act): boolean {
    switch (what.do) {
      case "press":
        this.talk.press();
        break;
      case "release":
        this.talk.release();
        break;
      case "talk":
        this.talk.tap();
        break;
      case "theme":
        this.remember({ theme: what.theme });
        break;
      case "volume":
        this.remember({ volume: what.volume });
        this.player.setVolume(what.volume);
        break;
      case "clear":
        this.store.tell({ type: "cleared" });
        break;
      case "read":
        this.store.tell({ type: "trouble_read" });
        break;
      case "retry":
      case "signed-in":
        void this.connection.connect();
        break;
      case "reload":
        location.reload();
        break;
      case "unlock":
        void unlockSound().then(() => this.onchange());
        break;
    }
    return true;
  }

  private tick(): void {
    const { phase } = this.store.state;
    this.store.tell({ type: "tick" });
    if (phase !== "idle" && this.store.state.phase === "idle") this.talk.settle();
  }

  private hello(): Hello {
    const { language, placeId } = this.store.state;
    const capabilities = ["microphone", "speaker", "screen", ...(this.kept.cancelsEcho ? ["cancels_echo"] : [])];
    return { type: "hello", device_id: this.kept.deviceId, language, place_id: placeId, capabilities };
  }

  private message(message: ToBrowser): void {
    const stale = "turn_id" in message && this.store.state.stopped.includes(message.turn_id);
    this.store.tell(message);
    if (message.type === "audio_start" && !stale) this.player.start(message.stream, message.rate_hz);
    if (message.type === "audio_end") this.player.end(message.stream);
    if (message.type === "stop_turn") this.player.silence();
    if (message.type === "phase") this.player.duck(message.phase === "listening");
    if (message.type === "snapshot") this.greeted();
    if (!stale) this.talk.follow(message);
  }

  private sound(frame: ArrayBuffer): void {
    const decoded = decodeSound(frame);
    if (decoded) this.player.push(decoded.stream, decoded.samples);
  }

  private greeted(): void {
    const { language, placeId } = this.store.state;
    this.remember({ language, placeId });
    this.talk.setWake(this.kept.wake && this.canWake());
  }

  private microphoned(): void {
    const { state, cancelsEcho } = this.microphone;
    if (state === "on" && cancelsEcho !== this.kept.cancelsEcho) {
      this.remember({ cancelsEcho });
      this.connection.send({ type: "change", cancels_echo: cancelsEcho });
    }
    this.onchange();
  }

  private canWake(): boolean {
    const { home } = this.store.state;
    return home !== null && home.speech && home.wakeWords.length > 0;
  }

  private gone(connection: "lost" | "elsewhere"): void {
    this.talk.reset();
    this.player.silence();
    this.store.tell({ type: "connection", connection });
  }

  private signedOut(session: Session): void {
    this.session = session;
    this.store.tell({ type: "connection", connection: "signed_out" });
    this.onchange();
  }

  private played(): void {
    if (!this.player.playing) this.talk.settle();
    this.onchange();
  }

  /** Silence here at once and there as soon as it gets the word. */
  private interrupt(reason: string): boolean {
    const { phase } = this.store.state;
    if (phase !== "thinking" && phase !== "speaking" && !this.player.playing) return false;
    this.player.silence();
    this.store.tell({ type: "silenced" });
    this.send({ type: "stop", reason });
    return true;
  }

  /** Stops whatever goes on; when nothing does, gives the clock back. */
  private escape(): boolean {
    const { phase, cards } = this.store.state;
    const going = phase !== "idle" || this.player.playing || this.talk.mode === "open" || cards.some(ringing);
    if (going) return this.stop("key");
    this.store.tell({ type: "cleared" });
    return true;
  }

  private stop(reason: string): boolean {
    this.talk.reset();
    this.player.silence();
    this.store.tell({ type: "silenced" });
    const sent = this.send({ type: "stop", reason });
    this.talk.settle();
    return sent;
  }

  private say(text: string): boolean {
    this.interrupt("text");
    this.talk.quiet();
    const sent = this.connection.send({ type: "text", text, request_id: newId() });
    if (sent) this.store.tell({ type: "said", text });
    else this.trouble("trouble.unsent");
    return sent;
  }

  private adjust(thingId: string, name: string, value: Value): boolean {
    const now = this.store.state.things.find((each) => each.thing.id === thingId);
    const sent = this.send({ type: "adjust", thing_id: thingId, name, value, request_id: newId() });
    // A lock is asked about first, so nothing is shown as done before the answer.
    if (sent && now?.thing.type !== "lock") this.store.tell({ type: "wished", thingId, name, value });
    return sent;
  }

  private tap(cardId: string, choice: string): boolean {
    this.talk.quiet();
    const sent = this.send({ type: "tap", card_id: cardId, choice, request_id: newId() });
    if (sent) this.store.tell({ type: "chosen", cardId, choice });
    return sent;
  }

  /** In the language of the answer that is taken back, which the hub goes by. */
  private undo(): boolean {
    const language = this.store.state.turn?.answerLanguage ?? this.store.state.language;
    this.interrupt("undo");
    this.talk.quiet();
    const sent = this.send({ type: "tap", choice: words(language, "stage.undo.choice"), request_id: newId() });
    if (sent) this.store.tell({ type: "undoing" });
    return sent;
  }

  private change(to: { language?: Kept["language"]; placeId?: string | null }): boolean {
    this.remember(to);
    if (to.language !== undefined) this.store.tell({ type: "language", language: to.language });
    if (to.placeId !== undefined) this.store.tell({ type: "place", placeId: to.placeId });
    const place = to.placeId === undefined ? {} : { place_id: to.placeId };
    return this.connection.send({ type: "change", ...(to.language ? { language: to.language } : {}), ...place });
  }

  private remember(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    keep(this.kept);
    this.onchange();
  }

  private send(message: FromBrowser): boolean {
    const sent = this.connection.send(message);
    if (!sent) this.trouble("net.lost");
    return sent;
  }

  private trouble(key: "net.lost" | "trouble.unsent"): void {
    this.store.tell({ type: "own_trouble", code: key, text: words(this.store.state.language, key) });
  }
}
