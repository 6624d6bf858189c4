/** What is most often set on a thing, under its name. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { orderProgress } from "../state/cards.ts";
import type { Key } from "../strings/words.ts";
import { icon } from "../views/icons.ts";
import "./slider.ts";
import "./stepper.ts";

@customElement("jingling-controls")
export class Controls extends Piece {
  static override styles = [
    common,
    css`
      .row { display: flex; gap: 4px; }
      .row button { flex: 1; padding: 0 4px; border: 1px solid var(--line); font-size: 0.92rem; min-width: 0; }
      .row button:hover { border-color: var(--line-strong); }
      .row svg { width: 22px; height: 22px; display: block; margin: auto; }
      .bar { height: 6px; border-radius: 3px; background: color-mix(in oklab, var(--ink) 16%, transparent); overflow: hidden; margin: 0; }
      .bar i { display: block; height: 100%; width: 100%; background: var(--lamp); border-radius: 3px; transform-origin: left; transform: scaleX(var(--share, 0)); transition: transform 900ms linear; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;

  override render(): TemplateResult | typeof nothing {
    const inside = this.inside();
    this.toggleAttribute("empty", inside === nothing);
    return inside;
  }

  private inside(): TemplateResult | typeof nothing {
    const { thing, values } = this.now;
    const on = values["power"] === true;
    switch (thing.type) {
      case "light":
        return on ? this.slider("brightness") : nothing;
      case "fan":
        return on ? this.slider("speed") : nothing;
      case "climate":
        return on ? html`<jingling-stepper .language=${this.language} .now=${this.now} name="target_temperature"></jingling-stepper>` : nothing;
      case "cover":
        return this.cover();
      case "vacuum":
        return this.actions([["start", "thing.start.verb"], ["dock", "thing.dock.verb"]]);
      case "coffee_machine":
        return this.progress();
      default:
        return nothing;
    }
  }

  private slider(name: string): TemplateResult | typeof nothing {
    if (!this.now.thing.properties[name]?.writable) return nothing;
    return html`<jingling-slider .language=${this.language} .now=${this.now} name=${name}></jingling-slider>`;
  }

  private cover(): TemplateResult | typeof nothing {
    const { thing } = this.now;
    const position = thing.properties["position"];
    if (!position?.writable) return nothing;
    const set = (value: number): void => void this.act({ do: "adjust", thingId: thing.id, name: "position", value });
    return html`<div class="row">
      <button data-testid="open" aria-label=${this.t("thing.open.verb")} @click=${() => set(position.maximum ?? 100)}>${icon("up")}</button>
      ${"stop" in thing.actions ? html`<button data-testid="stop" aria-label=${this.t("thing.stop.verb")} @click=${() => this.act({ do: "start", thingId: thing.id, action: "stop" })}>${icon("stop")}</button>` : nothing}
      <button data-testid="close" aria-label=${this.t("thing.close.verb")} @click=${() => set(position.minimum ?? 0)}>${icon("down")}</button>
    </div>`;
  }

  private actions(known: readonly (readonly [string, Key])[]): TemplateResult | typeof nothing {
    const { thing } = this.now;
    const offered = known.filter(([action]) => action in thing.actions);
    if (offered.length === 0) return nothing;
    return html`<div class="row">${offered.map(
      ([action, key]) => html`<button data-testid=${action} @click=${() => this.act({ do: "start", thingId: thing.id, action })}>${this.t(key)}</button>`,
    )}</div>`;
  }

  private progress(): TemplateResult | typeof nothing {
    const share = orderProgress(this.now);
    if (share === null || this.now.values["state"] === "idle" || this.now.values["power"] === false) return nothing;
    return html`<div class="bar" role="progressbar" aria-label=${this.t("order.progress")} aria-valuenow=${Math.round(share * 100)}><i .style=${`--share: ${share}`}></i></div>`;
  }
}
