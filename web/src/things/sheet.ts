/** All of one thing: every property and action it describes, whatever its type. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Property, Suggestion, ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { nameOf, reading, summary } from "../state/things.ts";
import { term } from "../strings/vocabulary.ts";
import { begun } from "../strings/words.ts";
import { icon } from "../views/icons.ts";
import { dialog } from "../views/dialog.ts";
import "./slider.ts";
import "./stepper.ts";
import "./swatches.ts";

@customElement("jingling-sheet")
export class Sheet extends Piece {
  static override styles = [
    common,
    dialog,
    css`
      .state { color: var(--ink-soft); margin-bottom: 14px; }
      .field { padding: 8px 0; border-top: 1px solid var(--line); }
      .inline { display: flex; align-items: center; justify-content: space-between; gap: 14px; min-height: 56px; }
      .label { font-weight: 600; }
      .value { font-variant-numeric: tabular-nums; }
      .choices { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 6px; }
      [aria-pressed="true"], [aria-checked="true"] { background: var(--lamp); color: var(--lamp-ink); border-color: var(--lamp); }
      .say { font-family: var(--display); border-radius: 22px; }
    `,
  ];

  @property({ attribute: false }) now: ThingNow | null = null;
  @property({ attribute: false }) suggestions: readonly Suggestion[] = [];
  @query("dialog") private box!: HTMLDialogElement;

  override updated(changed: PropertyValues): void {
    if (!changed.has("now")) return;
    if (this.now && !this.box.open) this.box.showModal();
    if (!this.now && this.box.open) this.box.close();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" data-testid="sheet" @close=${() => this.act({ do: "more", thingId: null })} @click=${this.outside}>
      ${this.now ? this.inside(this.now) : nothing}
    </dialog>`;
  }

  private inside(now: ThingNow): TemplateResult {
    const { thing } = now;
    const plain = Object.entries(thing.actions).filter(([, action]) => Object.keys(action.inputs).length === 0);
    const spoken = Object.keys(thing.actions).length > plain.length ? this.suggestions.filter((each) => thing.type.startsWith(each.skill)) : [];
    return html`<div class="box">
      <div class="top"><h2 id="title">${nameOf(thing, this.language)}</h2>
        <button aria-label=${this.t("settings.close")} @click=${() => this.box.close()}>${icon("close")}</button></div>
      <p class="state">${summary(now, this.language)}</p>
      ${Object.entries(thing.properties).map(([name, described]) => this.field(now, name, described))}
      ${plain.length > 0 ? html`<div class="field choices">${plain.map(
        ([action]) => html`<button class="quiet" @click=${() => this.act({ do: "start", thingId: thing.id, action })}>${term(this.language, action)}</button>`,
      )}</div>` : nothing}
      ${spoken.length > 0 ? html`<div class="field"><span class="label">${this.t("stage.say")}</span><div class="choices">${spoken.slice(0, 3).map(
        ({ text }) => html`<button class="quiet say" @click=${() => this.said(text)}>${begun(text)}</button>`,
      )}</div></div>` : nothing}
    </div>`;
  }

  private field(now: ThingNow, name: string, described: Property): TemplateResult | typeof nothing {
    const label = html`<span class="label">${term(this.language, name)}</span>`;
    const read = reading(now.thing, name, now.values[name], this.language);
    if (!described.writable && now.values[name] === "") return nothing;
    if (!described.writable) return html`<div class="field inline">${label}<span class="value">${read}</span></div>`;
    switch (described.kind) {
      case "boolean":
        return html`<div class="field inline">${label}${this.flip(now, name, read)}</div>`;
      case "integer":
      case "number":
        return html`<div class="field">${label}${name.includes("temperature") && described.unit.startsWith("°")
          ? html`<jingling-stepper .language=${this.language} .now=${now} name=${name}></jingling-stepper>`
          : html`<jingling-slider told .language=${this.language} .now=${now} name=${name}></jingling-slider>`}</div>`;
      case "color":
        return html`<div class="field">${label}<jingling-swatches .language=${this.language} .now=${now} name=${name}></jingling-swatches></div>`;
      case "string":
        return html`<div class="field">${label}<div class="choices">${described.choices.map((choice) => html`<button class="quiet"
          aria-pressed=${now.values[name] === choice ? "true" : "false"}
          @click=${() => this.act({ do: "adjust", thingId: now.thing.id, name, value: choice })}>${term(this.language, choice)}</button>`)}</div></div>`;
    }
  }

  private flip(now: ThingNow, name: string, read: string): TemplateResult {
    const on = now.values[name] === true;
    return html`<button class="quiet" role="switch" aria-checked=${on ? "true" : "false"} aria-label="${term(this.language, name)}: ${read}"
      @click=${() => this.act({ do: "adjust", thingId: now.thing.id, name, value: !on })}>${read}</button>`;
  }

  private said(text: string): void {
    if (this.act({ do: "say", text })) this.box.close();
  }

  private outside(event: MouseEvent): void {
    if (event.target === this.box) this.box.close();
  }
}
