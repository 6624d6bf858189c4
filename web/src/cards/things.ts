/** Some of the home's things, live. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow, ThingsCard } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import type { Wish } from "../state/state.ts";
import { wishedFor } from "../state/things.ts";
import { begun } from "../strings/words.ts";
import "../things/tile.ts";

@customElement("jingling-things-card")
export class Things extends Piece {
  static override styles = [
    common,
    css`
      h2 { font-size: 1.1rem; margin-bottom: 8px; }
      div { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); column-gap: 28px; }
    `,
  ];

  @property({ attribute: false }) card!: ThingsCard;
  @property({ attribute: false }) things: readonly ThingNow[] = [];
  @property({ attribute: false }) wishes: readonly Wish[] = [];

  override render(): TemplateResult {
    const shown = this.card.thing_ids.flatMap((id) => this.things.filter((each) => each.thing.id === id));
    return html`<h2>${begun(this.card.title)}</h2>
      <div>${shown.map((each) => html`<jingling-tile .language=${this.language} .now=${wishedFor(each, this.wishes)}></jingling-tile>`)}</div>`;
  }
}
