/** Timers, alarms and reminders: each a ring that empties, and a plain stop when it rings. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { TimerCard, TimerLine } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { clock, countdown, leftSeconds, leftShare } from "../state/time.ts";
import { begun, type Key } from "../strings/words.ts";
import { icon } from "../views/icons.ts";

@customElement("jingling-timers")
export class Timers extends Piece {
  static override styles = [
    common,
    css`
      ul { display: flex; flex-wrap: wrap; gap: 14px 34px; padding-right: 40px; }
      li { display: flex; align-items: center; gap: 14px; }
      .ring { width: 74px; height: 74px; flex: none; transform: rotate(-90deg); }
      circle { fill: none; stroke-width: 7; stroke: var(--line); }
      .left { stroke: var(--seal); stroke-linecap: round; stroke-dasharray: 1; stroke-dashoffset: calc(1 - var(--share)); transition: stroke-dashoffset 1s linear; }
      .label { color: var(--ink-soft); font-size: 1.05rem; }
      .time { font-family: var(--display); font-size: clamp(2rem, 5vw, 3.2rem); line-height: 1; font-variant-numeric: lining-nums tabular-nums; letter-spacing: -0.01em; }
      .paused .ring { opacity: 0.5; }
      .paused .time { color: var(--ink-soft); }
      .ringing .ring { animation: ring 700ms ease-in-out infinite; }
      .ringing .left { stroke-dashoffset: 0; }
      .ringing .time { color: var(--seal); font-size: clamp(1.5rem, 5vw, 3.2rem); overflow-wrap: anywhere; }
      @keyframes ring { 0%, 100% { transform: rotate(-96deg) scale(1); } 50% { transform: rotate(-84deg) scale(1.08); } }
      button { min-height: 60px; min-width: 110px; font-size: 1.2rem; border-radius: 16px; display: inline-flex; align-items: center; justify-content: center; gap: 8px; }
      button svg { width: 22px; height: 22px; fill: currentColor; }
      @media (max-width: 480px) { li { gap: 10px; } .ring { width: 52px; height: 52px; } button { min-width: 92px; font-size: 1.1rem; } }
    `,
  ];

  @property({ attribute: false }) card!: TimerCard;
  @property({ type: Number }) ahead = 0;
  @property({ type: Number }) zone = 0;
  @state() private now = Date.now();
  private beat: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.now = Date.now();
    this.beat = setInterval(() => (this.now = Date.now()), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.beat);
  }

  override render(): TemplateResult {
    return html`<h2 class="hidden">${this.card.title}</h2><ul>${this.card.timers.map((timer) => this.line(timer))}</ul>`;
  }

  private line(timer: TimerLine): TemplateResult {
    const hubNow = this.now + this.ahead;
    const ringing = timer.state === "ringing";
    return html`<li class=${timer.state} data-testid=${`timer-${timer.id}`} data-state=${timer.state}>
      ${timer.total_s > 0 || ringing ? html`<svg class="ring" viewBox="0 0 74 74" aria-hidden="true" .style=${`--share: ${leftShare(timer, hubNow).toFixed(4)}`}>
        <circle cx="37" cy="37" r="32" /><circle class="left" cx="37" cy="37" r="32" pathLength="1" /></svg>` : nothing}
      <span>
        <span class="label">${this.label(timer)}</span><br />
        <span class="time" role="timer">${this.time(timer, hubNow)}</span>
      </span>
      ${ringing ? html`<button class="strong" data-testid="ringing-stop" @click=${() => this.act({ do: "stop", reason: "dismiss" })}>${icon("stop")}${this.t("card.stop")}</button>` : nothing}
    </li>`;
  }

  private label(timer: TimerLine): string {
    const kind = this.t(`timer.${timer.kind === "alarm" || timer.kind === "reminder" ? timer.kind : "timer"}` as Key);
    const name = said(timer) ? kind : begun(timer.label) || kind;
    return [name, timer.state === "paused" ? this.t("card.paused") : ""].filter(Boolean).join(" · ");
  }

  private time(timer: TimerLine, hubNow: number): string {
    if (said(timer)) return begun(timer.label);
    if (timer.state === "ringing" && timer.kind === "timer") return this.t("card.ringing");
    if (timer.kind === "timer") return countdown(leftSeconds(timer, hubNow));
    return this.t("card.at", { time: clock(Date.parse(timer.due_at), this.zone) });
  }
}

/** What a reminder is about is what it says, large, when it is due. */
function said(timer: TimerLine): boolean {
  return timer.kind === "reminder" && timer.state === "ringing" && timer.label !== "";
}
