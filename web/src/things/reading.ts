/** What a sensor reads, as a few quiet words under its place's name. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { active, nameOf, summary } from "../state/things.ts";
import { drawingOf, icon } from "../views/icons.ts";

@customElement("jingling-reading")
export class Reading extends Piece {
  static override styles = [
    common,
    css`
      :host { display: inline-flex; align-items: center; gap: 7px; min-height: 32px; color: var(--ink-soft); }
      svg { width: 19px; height: 19px; display: block; }
      .state { color: var(--ink); font-variant-numeric: tabular-nums; }
      .mark { width: 8px; height: 8px; border-radius: 50%; background: var(--lamp); box-shadow: 0 0 10px var(--lamp); }
      :host([gone]) .state { color: var(--ink-soft); font-style: italic; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;

  override render(): TemplateResult {
    const { thing, reachable } = this.now;
    this.toggleAttribute("gone", !reachable);
    this.setAttribute("data-state", reachable ? (active(this.now) ? "on" : "off") : "unreachable");
    return html`${active(this.now) ? html`<i class="mark"></i>` : icon(drawingOf(thing.type, thing.device_class, false), "sensor")}
      <span>${nameOf(thing, this.language)}</span><span class="state" data-testid="state">${summary(this.now, this.language)}</span>`;
  }
}
