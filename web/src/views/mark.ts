/** The spirit: a drop of ink by day, the flame of a lamp by night. Breathes, listens, thinks and speaks. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Phase } from "../state/state.ts";
import { common } from "../piece.ts";

const SMOOTHING = 0.25;

@customElement("jingling-mark")
export class Mark extends LitElement {
  static override styles = [
    common,
    css`
      :host { --level: 0; aspect-ratio: 1; position: relative; }
      svg { display: block; width: 100%; height: 100%; overflow: visible; position: relative; }
      .pool {
        position: absolute; inset: -45%; border-radius: 50%; pointer-events: none;
        background: radial-gradient(closest-side, var(--pool), transparent);
        opacity: calc(0.75 + 0.25 * var(--level)); transform: scale(calc(1 + 0.25 * var(--level))); transition: opacity var(--slow);
      }
      .ring { fill: var(--spirit); transform-origin: 60px 60px; opacity: 0.5; transition: opacity var(--slow); }
      .body { fill: var(--spirit); transform-origin: 60px 104px; }
      .sway { transform-origin: 60px 104px; animation: breathe 5.5s ease-in-out infinite; }
      .eyes { stroke: var(--spirit-eye); stroke-width: 6.5; stroke-linecap: round; transform-origin: 60px 76px; transition: transform var(--quick) var(--ease); }
      .eyes path { transform-origin: 60px 76px; animation: blink 6.5s infinite; }

      :host([phase="listening"]) .ring { opacity: 1; transform: scale(calc(1 + 0.14 * var(--level))); }
      :host([phase="listening"]) .body { transform: scale(calc(1 + 0.05 * var(--level))); }
      :host([phase="listening"]) .eyes { transform: translateY(-3px) scale(1.12, 1.3); }
      :host([phase="thinking"]) .ring { opacity: 0.9; animation: turn 2.4s linear infinite; }
      :host([phase="thinking"]) .sway { animation: sway 2.4s ease-in-out infinite; }
      :host([phase="thinking"]) .eyes { animation: glance 2.4s ease-in-out infinite; }
      :host([phase="speaking"]) .ring { opacity: 0.7; transform: scale(calc(1 + 0.08 * var(--level))); }
      :host([phase="speaking"]) .body { transform: scale(calc(1 - 0.04 * var(--level)), calc(1 + 0.1 * var(--level))); }
      :host([phase="speaking"]) .eyes { transform: scaleY(0.85); }
      :host([asleep]) .eyes { transform: scaleY(0.12); }
      :host([asleep]) { opacity: 0.6; }

      @keyframes breathe { 50% { transform: scale(0.975, 1.03); } }
      @keyframes blink { 0%, 95%, 100% { transform: scaleY(1); } 97.5% { transform: scaleY(0.08); } }
      @keyframes turn { to { transform: rotate(360deg); } }
      @keyframes sway { 0%, 100% { transform: rotate(-4deg); } 50% { transform: rotate(4deg); } }
      @keyframes glance { 0%, 100% { transform: translate(-6px, -5px); } 50% { transform: translate(6px, -5px); } }
    `,
  ];

  @property({ reflect: true }) phase: Phase = "idle";
  @property({ type: Boolean, reflect: true }) asleep = false;
  /** How loud it is now, 0…1; asked for while it listens or speaks. */
  @property({ attribute: false }) source: () => number = () => 0;
  private frame = 0;
  private level = 0;

  override updated(): void {
    const lively = this.phase === "listening" || this.phase === "speaking";
    if (lively && this.frame === 0 && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  private follow(): void {
    this.frame = requestAnimationFrame(() => {
      const lively = this.phase === "listening" || this.phase === "speaking";
      this.level += ((lively ? this.source() : 0) - this.level) * SMOOTHING;
      this.style.setProperty("--level", this.level.toFixed(3));
      if (lively || this.level > 0.01) this.follow();
      else this.frame = 0;
    });
  }

  override render(): TemplateResult {
    return html`
      <div class="pool"></div>
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <path class="ring" fill-rule="evenodd" d="M60 1A59 59 0 1 1 59.9 1ZM62.2 2.8A56 56 0 1 0 62.3 2.8Z" />
        <g class="sway">
          <path class="body" d="M77 8C71 29 97 44 97 74A37 37 0 0 1 23 74C23 49 60 41 77 8Z" />
          <g class="eyes"><path d="M48 70V81M70 70V81" /></g>
        </g>
      </svg>
    `;
  }
}
