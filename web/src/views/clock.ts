/** The time of the home, as large as its box allows. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { common, Piece } from "../piece.ts";
import { clock, day } from "../state/time.ts";

@customElement("jingling-clock")
export class Clock extends Piece {
  static override styles = [
    common,
    css`
      :host { container-type: inline-size; }
      time { display: block; }
      .time { font-family: var(--display); font-weight: 360; font-variation-settings: "opsz" 60; font-size: min(42cqw, var(--clock-most, 33vh)); line-height: 0.95; letter-spacing: -0.015em; font-variant-numeric: lining-nums tabular-nums; }
      .day { font-size: clamp(1.05rem, 5cqw, 2rem); color: var(--ink-soft); margin-top: 0.35em; }
      .day:lang(zh) { letter-spacing: 0.06em; }
    `,
  ];

  @property({ type: Number }) ahead = 0;
  @property({ type: Number }) zone = 0;
  /** A moment to show instead of now (ISO 8601). */
  @property() at = "";
  @property() show = "both";
  @state() private now = Date.now();
  private beat: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.now = Date.now();
    this.beat = setInterval(() => (this.now = Date.now()), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.beat);
  }

  override render(): TemplateResult {
    const shown = this.at === "" ? this.now + this.ahead : Date.parse(this.at);
    const iso = new Date(shown).toISOString().slice(0, 16) + "Z";
    return html`
      ${this.show === "date" ? "" : html`<time class="time" datetime=${iso}>${clock(shown, this.zone)}</time>`}
      ${this.show === "time" ? "" : html`<div class="day">${day(shown, this.zone, this.language)}</div>`}
    `;
  }
}
