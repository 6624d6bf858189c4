/** A number changed by steps: a target temperature. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { reading } from "../state/things.ts";
import { term } from "../strings/vocabulary.ts";

const STEP = 0.5;

@customElement("jingling-stepper")
export class Stepper extends Piece {
  static override styles = [
    common,
    css`
      div { display: flex; align-items: center; justify-content: space-between; border: 1px solid var(--line); border-radius: var(--radius-s); }
      button { padding: 0; font-size: 1.4rem; line-height: 1; }
      output { font-family: var(--display); font-size: 1.15rem; font-variant-numeric: lining-nums tabular-nums; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;
  @property() name = "";

  override render(): TemplateResult {
    const { thing, values } = this.now;
    return html`<div role="group" aria-label=${term(this.language, this.name)}>
      <button data-testid="cooler" aria-label=${this.t("thing.cooler")} @click=${() => this.step(-STEP)}>−</button>
      <output data-testid=${this.name}>${reading(thing, this.name, values[this.name], this.language)}</output>
      <button data-testid="warmer" aria-label=${this.t("thing.warmer")} @click=${() => this.step(STEP)}>+</button>
    </div>`;
  }

  private step(by: number): void {
    const { thing, values } = this.now;
    const { minimum, maximum } = thing.properties[this.name] ?? { minimum: null, maximum: null };
    const held = values[this.name];
    const from = typeof held === "number" ? held : (minimum ?? 20);
    const value = Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, from + by));
    if (value !== held) this.act({ do: "adjust", thingId: thing.id, name: this.name, value });
  }
}
