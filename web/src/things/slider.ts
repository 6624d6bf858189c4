/** A number of a thing between its two ends; the hub hears of it when the finger lifts. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { nameOf, reading, share } from "../state/things.ts";
import { term } from "../strings/vocabulary.ts";

@customElement("jingling-slider")
export class Slider extends Piece {
  static override styles = [
    common,
    css`
      label { display: flex; align-items: center; gap: 10px; }
      output { min-width: 3.2em; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;
  @property() name = "";
  @property({ type: Boolean }) told = false;
  @state() private dragged: number | null = null;

  override render(): TemplateResult {
    const { thing, values } = this.now;
    const { minimum, maximum, kind } = thing.properties[this.name] ?? { minimum: 0, maximum: 100, kind: "integer" };
    const held = values[this.name];
    const value = this.dragged ?? (typeof held === "number" ? held : (minimum ?? 0));
    const read = reading(thing, this.name, value, this.language);
    return html`<label>
      <span class="hidden">${nameOf(thing, this.language)}: ${term(this.language, this.name)}</span>
      <input type="range" data-testid=${this.name} min=${minimum ?? 0} max=${maximum ?? 100} step=${kind === "integer" ? 1 : 0.5} aria-valuetext=${read}
        .value=${String(value)} .style=${`--share: ${(share(thing, this.name, value) * 100).toFixed(1)}%`}
        @input=${(event: Event) => (this.dragged = Number((event.target as HTMLInputElement).value))} @change=${this.changed} />
      ${this.told ? html`<output>${read}</output>` : nothing}
    </label>`;
  }

  private changed(event: Event): void {
    const value = Number((event.target as HTMLInputElement).value);
    this.act({ do: "adjust", thingId: this.now.thing.id, name: this.name, value });
    this.dragged = null;
  }
}
