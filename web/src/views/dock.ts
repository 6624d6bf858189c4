/** Where one talks and types: the mark is the button. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { MicState } from "../audio/microphone.ts";
import { common, Piece } from "../piece.ts";
import type { State } from "../state/state.ts";
import type { Mode } from "../talk.ts";
import { icon } from "./icons.ts";
import "./mark.ts";

@customElement("jingling-dock")
export class Dock extends Piece {
  static override styles = [
    common,
    css`
      :host { display: flex; align-items: center; gap: clamp(14px, 2.4vw, 28px); }
      .talk { padding: 0; border-radius: 50%; width: var(--mark, 128px); height: var(--mark, 128px); flex: none; touch-action: none; user-select: none; -webkit-user-select: none; transition: transform var(--quick) var(--ease); }
      .talk:active { transform: scale(0.96); }
      .side { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 4px; position: relative; }
      .line { display: flex; align-items: center; gap: 10px; min-height: var(--target); flex-wrap: wrap; }
      .caption { font-family: var(--display); font-size: 1.3rem; }
      .stop { margin-left: auto; display: inline-flex; align-items: center; gap: 6px; }
      .stop svg { width: 20px; height: 20px; fill: currentColor; }
      .wake { margin-left: auto; display: inline-flex; align-items: center; gap: 10px; color: var(--ink-soft); padding: 0 8px; text-align: left; }
          .brief { display: none; }
      .wake[aria-checked="true"] { color: var(--ink); }
      .track { width: 38px; height: 22px; border-radius: 11px; border: 2px solid var(--line-strong); position: relative; flex: none; transition: background var(--quick); }
      .track::after { content: ""; position: absolute; left: 2px; top: 2px; width: 14px; height: 14px; border-radius: 50%; background: var(--ink-soft); transition: transform var(--quick) var(--ease); }
      [aria-checked="true"] .track { background: var(--lamp); border-color: var(--lamp); }
      [aria-checked="true"] .track::after { transform: translateX(16px); background: var(--lamp-ink); }
      form { display: flex; align-items: center; border: 1px solid var(--line-strong); border-radius: 26px; background: var(--paper-raised); padding-left: 18px; }
      form:focus-within { border-color: var(--seal); box-shadow: 0 0 0 1.5px var(--seal); }
      input { flex: 1; min-width: 0; min-height: 50px; border: 0; background: none; font-size: 1.1rem; outline: none; }
      input:focus-visible { outline: none; }
      input::placeholder { color: var(--ink-soft); opacity: 1; font-family: var(--display); font-style: normal; }
      .send { color: var(--seal); padding: 0 12px; border-radius: 26px; }
      .send svg { width: 24px; height: 24px; display: block; }
      .mic { font-size: 0.95rem; color: var(--ink-soft); }
      .mic.wrong { color: var(--ink); border-left: 3px solid var(--seal); padding: 2px 0 2px 10px; }
      @media (max-width: 859px) {
        :host { --mark: 76px; gap: 12px; }
        .caption { font-size: 1.05rem; }
        .line { gap: 4px; flex-wrap: nowrap; }
        .long { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .brief { display: inline; }
        .wake { font-size: 0.9rem; padding: 0 4px; }
        input { min-height: 46px; font-size: 1rem; }
      }
    `,
  ];

  @property({ attribute: false }) state!: State;
  @property() mic: MicState = "off";
  @property() mode: Mode = "none";
  @property({ type: Boolean }) pressed = false;
  @property({ type: Boolean }) playing = false;
  @property({ type: Boolean }) wake = false;
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) level: () => number = () => 0;
  @query("input") private input!: HTMLInputElement;
  private handled = false;

  override render(): TemplateResult {
    const phase = this.phase();
    const hears = this.state.home?.speech ?? true;
    return html`
      ${hears ? html`<button class="talk" data-testid="talk" aria-label=${phase === "speaking" || phase === "thinking" ? this.t("talk.stop") : this.t("talk.label")}
        aria-pressed=${this.pressed ? "true" : "false"}
        @pointerdown=${this.down} @pointerup=${this.up} @pointercancel=${this.up} @contextmenu=${(event: Event) => event.preventDefault()}
        @keydown=${this.keyDown} @keyup=${this.keyUp} @blur=${this.up} @click=${this.activated}>
        ${this.mark(phase)}
      </button>` : html`<div class="talk">${this.mark(phase)}</div>`}
      <div class="side">
        <div class="line">
          <span class="caption" data-testid="phase" data-phase=${phase} role="status" @click=${() => (phase === "speaking" || phase === "thinking") && this.act({ do: "stop", reason: "tap" })}>${this.caption(phase, hears)}</span>
          ${phase === "speaking" || phase === "thinking"
            ? html`<button class="stop quiet" data-testid="stop" @click=${() => this.act({ do: "stop", reason: "tap" })}>${icon("stop")}${this.t("talk.stop")}</button>`
            : hears ? this.wakeSwitch() : nothing}
        </div>
        <form @submit=${this.submit}>
          <input data-testid="text" aria-label=${this.t("type.label")} placeholder=${this.t("type.placeholder")} maxlength="2000" autocomplete="off" enterkeyhint="send" />
          <button class="send" data-testid="send" aria-label=${this.t("type.send")}>${icon("send")}</button>
        </form>
        ${this.micLine(hears)}
      </div>
    `;
  }

  private mark(phase: State["phase"]): TemplateResult {
    return html`<jingling-mark .phase=${phase} .source=${this.level} ?asleep=${this.state.connection !== "open"}></jingling-mark>`;
  }

  /** What the mark shows: our own ear and mouth count too, not only the hub's word. */
  private phase(): State["phase"] {
    if (this.pressed || this.mode === "hold" || this.mode === "open") return "listening";
    return this.playing ? "speaking" : this.state.phase;
  }

  private caption(phase: State["phase"], hears: boolean): string {
    if (this.state.connection !== "open") return this.t("phase.asleep");
    if (!hears && phase === "idle") return this.t("talk.none");
    if (this.mode === "hold") return this.t("talk.release");
    if (this.mode === "open" || this.pressed) return this.t("talk.open");
    return phase === "idle" ? this.t("talk.hint") : this.t(`phase.${phase}`);
  }

  private wakeSwitch(): TemplateResult | typeof nothing {
    const word = spoken(this.state.home?.wakeWords[0] ?? "");
    if (word === "") return nothing;
    const on = this.wake && this.mic === "on";
    return html`<button class="wake" data-testid="wake" role="switch" aria-checked=${this.wake ? "true" : "false"} @click=${() => this.act({ do: "wake", on: !this.wake })}>
      <span class="long">${this.t(on ? "wake.on" : "wake.off", { word })}</span><span class="brief" aria-hidden="true">${word}</span><span class="track"></span></button>`;
  }

  private micLine(hears: boolean): TemplateResult {
    const wrong = ["refused", "absent", "insecure", "failed", "asking"].includes(this.mic) || !hears;
    const text = hears ? this.t(`mic.${this.mic}`) : this.t("mic.deaf");
    return html`<p class="mic ${wrong ? "wrong" : "hidden"}" data-testid="mic-state" data-state=${hears ? this.mic : "deaf"} role=${wrong ? "alert" : "presentation"}>${text}</p>
      ${this.locked ? html`<button class="quiet" data-testid="unlock-sound" @click=${() => this.act({ do: "unlock" })}>${this.t("sound.unlock")}</button>` : nothing}`;
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.handled = true;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.act({ do: "press" });
  }

  private up(): void {
    if (this.pressed) this.act({ do: "release" });
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) this.act({ do: "press" });
  }

  private keyUp(event: KeyboardEvent): void {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    this.up();
  }

  /** Only what neither pointer nor key began: a screen reader's "activate". */
  private activated(): void {
    if (!this.handled) this.act({ do: "talk" });
    this.handled = false;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text !== "" && this.act({ do: "say", text })) this.input.value = "";
  }
}

/** "hey_jarvis" → "Hey Jarvis". */
function spoken(word: string): string {
  return word.replace(/_/g, " ").replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
