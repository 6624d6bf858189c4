/** One thing: its window (lit when it is on), its name, how it is, and what is most often set. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { active, glow, nameOf, summary, toggle } from "../state/things.ts";
import { drawingOf, icon } from "../views/icons.ts";
import "./controls.ts";

@customElement("jingling-tile")
export class Tile extends Piece {
  static override styles = [
    common,
    css`
      :host { --glow: 0; --light: var(--lamp); display: grid; grid-template-columns: minmax(0, 1fr) auto 36px; align-items: center; column-gap: 4px; border-top: 1px solid var(--line); min-width: 0; }
      .main { display: flex; align-items: center; gap: 13px; width: 100%; min-height: 64px; padding: 8px 4px 8px 2px; text-align: left; border-radius: 12px; }
      div.main { cursor: default; }
      .window { flex: none; width: 46px; height: 46px; border-radius: 12px; display: grid; place-items: center; border: 1px solid var(--line); background: var(--paper-raised); color: var(--ink-soft); transition: background var(--slow), color var(--slow), box-shadow var(--slow); }
      button.main:hover .window { border-color: var(--line-strong); }
      .window svg { width: 26px; height: 26px; }
      :host([lit]) .window {
        background: color-mix(in oklab, var(--light) calc(45% + 55% * var(--glow)), var(--paper-raised)); color: var(--lamp-ink); border-color: transparent;
        box-shadow: 0 0 calc(26px * var(--glow)) color-mix(in oklab, var(--light) 70%, transparent);
      }
      :host([gone]) .window { border-style: dashed; background: none; }
      :host([gone]) .name { color: var(--ink-soft); }
      .words { min-width: 0; flex: 1; }
      .name { font-weight: 600; line-height: 1.2; overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
      .state { display: block; color: var(--ink-soft); font-size: 0.92rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums; }
      :host([lit]) .state { color: var(--ink); }
      .more { padding: 0; color: var(--ink-soft); grid-column: 3; min-width: 36px; }
      .more svg { width: 22px; height: 22px; display: block; margin: auto; }
      jingling-controls { width: 138px; }
      jingling-controls[empty] { width: 0; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;

  override willUpdate(): void {
    const { color, power } = this.now.values;
    this.toggleAttribute("lit", active(this.now));
    this.toggleAttribute("gone", !this.now.reachable);
    this.setAttribute("data-state", this.now.reachable ? (active(this.now) ? "on" : "off") : "unreachable");
    this.style.setProperty("--glow", glow(this.now).toFixed(2));
    const coloured = typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color) && power === true;
    this.style.setProperty("--light", coloured ? `color-mix(in oklab, ${color} 70%, #fff0d0)` : "var(--lamp)");
  }

  override render(): TemplateResult {
    const { thing, reachable } = this.now;
    const name = nameOf(thing, this.language);
    const state = summary(this.now, this.language);
    const change = toggle(this.now);
    const inside = html`
      <span class="window">${icon(drawingOf(thing.type, thing.device_class, active(this.now)), thing.type)}</span>
      <span class="words"><span class="name">${name}</span><span class="state" data-testid="state">${state}</span></span>`;
    const tap = (): void => {
      if (change) this.act({ do: "adjust", thingId: thing.id, name: change.name, value: change.value });
    };
    return html`
      ${change && reachable
        ? html`<button class="main" aria-pressed=${active(this.now) ? "true" : "false"} aria-label=${this.t("thing.read", { name, state })} @click=${tap}>${inside}</button>`
        : html`<div class="main" role="group" aria-label=${this.t("thing.read", { name, state })}>${inside}</div>`}
      ${reachable ? html`<jingling-controls .language=${this.language} .now=${this.now}></jingling-controls>` : nothing}
      ${!reachable ? nothing : html`<button class="more" aria-label=${this.t("home.more", { name })} @click=${() => this.act({ do: "more", thingId: thing.id })}>${icon("more")}</button>`}
    `;
  }
}
