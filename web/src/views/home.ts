/** The home's things by place; what is on is lit like a window at night. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { common, Piece } from "../piece.ts";
import type { State } from "../state/state.ts";
import { active, grouped, type Group } from "../state/things.ts";
import { named } from "../strings/words.ts";
import "../things/reading.ts";
import "../things/tile.ts";

@customElement("jingling-home")
export class HomeView extends Piece {
  static override styles = [
    common,
    css`
      section + section { margin-top: 26px; }
      .head { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; padding: 0 2px 6px; }
      h2 { font-family: var(--display); font-size: 1.3rem; font-weight: 500; }
      .count { color: var(--ink-soft); font-size: 0.9rem; }
      .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); column-gap: 28px; }
      .readings { display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0 2px 4px; }
      .empty { border: 1px dashed var(--line-strong); border-radius: var(--radius); padding: 28px 22px; }
      .empty h2 { margin-bottom: 8px; }
      .empty p { color: var(--ink-soft); }
      .skeleton { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
      .skeleton i { height: 76px; border-radius: var(--radius); background: var(--paper-sunk); animation: wait 1.6s ease-in-out infinite; }
      @keyframes wait { 50% { opacity: 0.45; } }
    `,
  ];

  @property({ attribute: false }) state!: State;

  override render(): TemplateResult {
    if (!this.state.home) return this.skeleton();
    const groups = grouped(this.state);
    if (groups.length === 0) return this.empty();
    return html`${repeat(groups, (group) => group.place?.id ?? "", (group) => this.group(group))}`;
  }

  private group(group: Group): TemplateResult {
    const name = group.place ? named(group.place.names, this.language, group.place.id) : this.t("home.elsewhere");
    const sensors = group.things.filter((each) => each.thing.type === "sensor");
    const others = group.things.filter((each) => each.thing.type !== "sensor");
    const lit = others.filter(active).length;
    return html`<section aria-label=${name} data-testid=${`place-${group.place?.id ?? "none"}`}>
      <div class="head"><h2>${name}</h2><span class="count">${lit > 0 ? this.t("home.lit", { count: lit }) : this.t("home.dark")}</span></div>
      ${sensors.length === 0 ? nothing : html`<div class="readings">${repeat(sensors, (each) => each.thing.id, (each) => html`<jingling-reading .language=${this.language} .now=${each} data-testid=${`thing-${each.thing.id}`}></jingling-reading>`)}</div>`}
      <div class="grid">
        ${repeat(others, (each) => each.thing.id, (each) => html`<jingling-tile .language=${this.language} .now=${each} data-testid=${`thing-${each.thing.id}`}></jingling-tile>`)}
      </div>
    </section>`;
  }

  private empty(): TemplateResult {
    return html`<div class="empty" data-testid="no-things"><h2>${this.t("home.empty")}</h2><p>${this.t("home.empty.how")}</p></div>`;
  }

  private skeleton(): TemplateResult {
    return html`<div class="skeleton" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map(() => html`<i></i>`)}</div>`;
  }
}
