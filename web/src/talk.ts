/** The three ways to talk: the wake word, holding, a tap. Decides when microphone sound goes to the hub. */
import type { Microphone } from "./audio/microphone.ts";
import type { StartListening, ToBrowser } from "./generated/messages.ts";

export const HOLD_MS = 300;
const HELD_FRAMES_MAX = 50;

export type Mode = StartListening["mode"] | "none";

export interface Line {
  listen(mode: StartListening["mode"]): boolean;
  listenEnd(): void;
  sound(pcm: ArrayBuffer): void;
  /** Stops what is being thought or said; false when there was nothing. */
  interrupt(reason: string): boolean;
  /** Whether an answer is still to be heard. */
  busy(): boolean;
  /** The sound is complete; what was said is being made out. */
  waiting(): void;
  changed(): void;
}

export class Talk {
  mode: Mode = "none";
  pressed = false;
  wakeWanted = false;
  private stopping = false;
  private held: ArrayBuffer[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listened = false;
  private spoken = false;
  private heard = false;
  private expects = false;
  private readonly microphone: Pick<Microphone, "open" | "release" | "onframe">;
  private readonly line: Line;

  constructor(microphone: Pick<Microphone, "open" | "release" | "onframe">, line: Line) {
    this.microphone = microphone;
    this.line = line;
    microphone.onframe = (pcm) => this.frame(pcm);
  }

  /** The button went down: words are kept until it is clear whether this is a hold or a tap. */
  press(): void {
    if (this.pressed) return;
    this.pressed = true;
    this.held = [];
    this.stopping = this.line.interrupt("talk");
    if (this.mode === "open") {
      this.stopping = true;
      this.finish();
      this.line.waiting();
    }
    this.timer = setTimeout(() => void this.begin("hold"), HOLD_MS);
    void this.microphone.open().then((ready) => this.opened(ready));
    this.line.changed();
  }

  release(): void {
    if (!this.pressed) return;
    this.pressed = false;
    clearTimeout(this.timer);
    if (this.mode === "hold") {
      this.finish();
      this.line.waiting();
    } else if (!this.stopping) void this.begin("open");
    else if (!this.line.busy()) this.rest();
    this.line.changed();
  }

  /** A tap without a pointer (a screen reader's "activate"). */
  tap(): void {
    this.press();
    this.release();
  }

  setWake(on: boolean): void {
    this.wakeWanted = on;
    if (on) this.rest();
    else if (this.mode === "wake") this.finish();
    if (!on && this.mode === "none") this.microphone.release();
    this.line.changed();
  }

  /** The hub's side of the turn. */
  follow(message: ToBrowser): void {
    if (message.type === "heard" && message.final && message.text !== "") this.heard = true;
    if (message.type === "answer") this.expects = message.expects;
    if (message.type !== "phase") return;
    if (message.phase === "listening") this.listened = true;
    else if (this.mode === "open" && (message.phase !== "idle" || this.listened || message.turn_id === "")) this.finish();
    if (message.phase === "idle") this.settle();
  }

  /** To be called when a turn is over or its sound has ended: listens for the answer to a question, which a hub that
   *  waits for its wake word does by itself, or rests. */
  settle(): void {
    if (this.line.busy() || this.pressed || this.mode === "open" || this.mode === "hold") return;
    const follow = this.expects && this.spoken && this.heard && !this.wakeWanted;
    this.expects = this.heard = false;
    if (follow) void this.begin("open");
    else this.rest();
  }

  /** Typed or tapped: the next question is not answered by voice. */
  quiet(): void {
    this.spoken = false;
  }

  /** The line broke, or all was stopped by hand. */
  reset(): void {
    clearTimeout(this.timer);
    this.pressed = this.expects = this.heard = false;
    if (this.mode === "hold" || this.mode === "open") this.line.listenEnd();
    this.mode = "none";
    this.line.changed();
  }

  private async begin(mode: "hold" | "open" | "wake"): Promise<void> {
    const ready = await this.microphone.open();
    if (!ready || (mode === "hold" && !this.pressed) || (mode === "wake" && this.mode !== "none")) return;
    if (!this.line.listen(mode)) return;
    this.mode = mode;
    this.listened = this.heard = false;
    this.spoken = true;
    if (mode !== "wake") this.held.forEach((pcm) => this.line.sound(pcm));
    this.held = [];
    this.line.changed();
  }

  private opened(ready: boolean): void {
    if (ready) return;
    clearTimeout(this.timer);
    this.pressed = false;
    this.line.changed();
  }

  private frame(pcm: ArrayBuffer): void {
    if (this.pressed && this.mode !== "hold") this.held = [...this.held, pcm].slice(-HELD_FRAMES_MAX);
    else if (this.mode !== "none") this.line.sound(pcm);
  }

  private finish(): void {
    this.mode = "none";
    this.line.listenEnd();
    if (!this.wakeWanted) this.microphone.release();
    this.line.changed();
  }

  private rest(): void {
    this.held = [];
    if (this.wakeWanted && this.mode === "none") void this.begin("wake");
    else if (this.mode === "none") this.microphone.release();
  }
}
