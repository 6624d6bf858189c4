/** One card: chooses the component that draws its kind. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { common, Piece } from "../piece.ts";
import { standing } from "../state/cards.ts";
import type { CardShown, State } from "../state/state.ts";
import type { Language } from "../strings/words.ts";
import { icon } from "../views/icons.ts";
import "../views/clock.ts";
import "./chart.ts";
import "./choices.ts";
import "./confirm.ts";
import "./order.ts";
import "./timers.ts";
import "./things.ts";

@customElement("jingling-card")
export class CardView extends Piece {
  static override styles = [
    common,
    css`
      :host { border-top: 1px solid var(--line-strong); padding-top: 12px; position: relative; }
      .away { position: absolute; right: 0; top: 2px; padding: 0; color: var(--ink-soft); }
      .away svg { width: 20px; height: 20px; display: block; margin: auto; }
    `,
  ];

  @property({ attribute: false }) shown!: CardShown;
  @property({ attribute: false }) state!: State;
  /** Whether the answer above already says what the card asks. */
  @property({ type: Boolean }) answered = false;

  override render(): TemplateResult {
    const { card, id } = this.shown;
    return html`<div data-testid="card" data-kind=${card.type} data-card-id=${id}>
      ${this.inside()}
      ${standing(this.shown) ? html`<button class="away" aria-label=${this.t("card.dismiss")} @click=${() => this.act({ do: "put-away", cardId: id })}>${icon("close")}</button>` : nothing}
    </div>`;
  }

  /** The list is what the question at hand asks about. */
  private asked(): boolean {
    const { turn } = this.state;
    return turn !== null && turn.expects && turn.id === this.shown.turnId;
  }

  /** A question is answered in the language that it is asked in. */
  private tongue(): Language {
    return this.asked() ? (this.state.turn?.answerLanguage ?? this.language) : this.language;
  }

  /** The answer above begins with it. */
  private said(heading: string): boolean {
    return this.answered && (this.state.turn?.answer ?? "").startsWith(heading.replace(/[\s…]+$/, ""));
  }

  private inside(): TemplateResult {
    const { card, id, choice } = this.shown;
    const { things, clockAheadMs, zoneMinutes } = this.state;
    switch (card.type) {
      case "text":
        return html`<jingling-choices .language=${this.language} .cardId=${id} .heading=${card.title} .body=${card.body} .choices=${card.choices} .chosen=${choice}></jingling-choices>`;
      case "list":
        return html`<jingling-choices numbered ?refusable=${this.asked()} ?bare=${this.said(card.title)} .language=${this.tongue()} .cardId=${id} .heading=${card.title} .choices=${card.items} .chosen=${choice}></jingling-choices>`;
      case "things":
        return html`<jingling-things-card .language=${this.language} .card=${card} .things=${things} .wishes=${this.state.wishes}></jingling-things-card>`;
      case "timer":
        return html`<jingling-timers .language=${this.language} .card=${card} .ahead=${clockAheadMs} .zone=${zoneMinutes}></jingling-timers>`;
      case "confirm":
        return html`<jingling-confirm ?bare=${this.answered} .language=${this.language} .cardId=${id} .card=${card} .chosen=${choice}></jingling-confirm>`;
      case "order":
        return html`<jingling-order .language=${this.language} .card=${card} .now=${things.find((each) => each.thing.id === card.thing_id)}></jingling-order>`;
      case "clock":
        return html`<jingling-clock .language=${this.language} .at=${card.at} .show=${card.show} .zone=${zoneMinutes}></jingling-clock>`;
      case "chart":
        return html`<jingling-chart .language=${this.language} .card=${card}></jingling-chart>`;
    }
  }
}
