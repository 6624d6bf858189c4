/** The middle: the clock while all is quiet; what was heard, the answer and its cards while we talk. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import "../cards/card.ts";
import { common, Piece } from "../piece.ts";
import { standing } from "../state/cards.ts";
import type { CardShown, State } from "../state/state.ts";
import { begun } from "../strings/words.ts";
import "./clock.ts";
import { icon } from "./icons.ts";

@customElement("jingling-stage")
export class Stage extends Piece {
  static override styles = [
    common,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; position: relative; }
      .quiet-hours { margin-block: auto; display: flex; flex-direction: column; gap: clamp(16px, 4vh, 36px); }
      .with-cards { margin-block: 0; }
      .with-cards jingling-clock { --clock-most: 22vh; }
      .say h2 { font-size: 0.9rem; font-weight: 500; color: var(--ink-soft); margin-bottom: 6px; }
      .say ul { display: flex; flex-wrap: wrap; gap: 8px; max-height: calc(2 * var(--target) + 8px); overflow: hidden; }
      .say button { font-family: var(--display); font-size: 1.05rem; padding: 0 14px; border: 1px solid var(--line); border-radius: 22px; }
      .say button:hover { border-color: var(--line-strong); background: var(--paper-raised); }
      .talk { display: flex; flex-direction: column; gap: 10px; padding-block: 6px 12px; overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .talk > :first-child { margin-top: auto; }
      .talk.told > :first-child { margin-top: 0; }
      .talk > :last-child { margin-bottom: auto; }
      .heard { color: var(--ink-soft); font-size: clamp(1.1rem, 2.4vw, 1.6rem); padding-right: 48px; overflow-wrap: anywhere; }
      .heard.partial { opacity: 0.8; }
      .heard.partial::after { content: " …"; }
      .answer { font-family: var(--display); font-weight: 400; line-height: 1.14; letter-spacing: -0.012em; text-wrap: pretty; overflow-wrap: anywhere; }
      .answer:lang(zh) { line-height: 1.3; letter-spacing: 0; }
      .short { font-size: clamp(2.1rem, 6.2vw, 4.4rem); }
      .medium { font-size: clamp(1.7rem, 4.2vw, 3rem); }
      .long { font-size: clamp(1.2rem, 2.5vw, 1.75rem); line-height: 1.35; }
      .growing { animation: none; font-size: clamp(1.35rem, 2.7vw, 1.9rem); line-height: 1.35; }
      .growing, .long { padding-right: 44px; }
      .undo { align-self: flex-start; display: inline-flex; align-items: center; gap: 8px; padding: 0 16px 0 12px; border-radius: 22px; color: var(--ink-soft); }
      .undo svg { width: 20px; height: 20px; display: block; }
      .undo:hover { color: var(--ink); }
      .expects { color: var(--seal); font-size: 1.1rem; }
      .dots { display: inline-flex; gap: 10px; padding: 14px 0; }
      .dots i { width: 10px; height: 10px; border-radius: 50%; background: var(--ink-soft); animation: wait 1.2s ease-in-out infinite; }
      .dots i:nth-child(2) { animation-delay: 0.15s; }
      .dots i:nth-child(3) { animation-delay: 0.3s; }
      @keyframes wait { 0%, 60%, 100% { opacity: 0.25; transform: none; } 30% { opacity: 1; transform: translateY(-4px); } }
      .answer, jingling-card { animation: rise 420ms var(--ease); }
      @keyframes rise { from { opacity: 0; transform: translateY(10px); } }
      .clear { position: absolute; right: 0; top: 0; color: var(--ink-soft); padding: 0; z-index: 1; }
      .clear svg { width: 22px; height: 22px; display: block; margin: auto; }
      @media (min-width: 860px) {
        :host { container-type: size; flex: 1; }
        @container (max-height: 360px) { .say ul { max-height: var(--target); } }
      }
      @media (max-width: 859px) {
        .quiet-hours { margin-block: 8px; gap: 18px; }
        .talk { overflow: visible; }
        .growing, .long { padding-right: 0; scroll-margin-bottom: 150px; }
        .say ul { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; margin-inline: -18px; padding-inline: 18px; }
        .say button { white-space: nowrap; }
      }
    `,
  ];

  @property({ attribute: false }) state!: State;
  /** The turn in whose answer the person scrolls by hand. */
  private readsBack = "";

  override render(): TemplateResult {
    const { turn, cards } = this.state;
    const talking = (turn !== null && (turn.heard !== "" || turn.answer !== "")) || cards.some((each) => !standing(each));
    return html`
      <div aria-live="polite" class="hidden" lang=${turn?.answerLanguage ?? this.language}>${turn?.answer ?? ""}</div>
      ${talking ? this.talk() : this.quietHours()}
    `;
  }

  /** What is told while it is made stays in sight, unless the person reads further up. */
  override updated(changed: PropertyValues): void {
    const before = changed.get("state") as State | undefined;
    const { turn } = this.state;
    if (!turn?.streamed || before?.turn?.answer === turn.answer) return;
    if (this.readsBack === turn.id) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.renderRoot.querySelector(".growing")?.scrollIntoView({ block: "end", behavior: calm ? "instant" : "smooth" });
  }

  private readBack(): void {
    this.readsBack = this.state.turn?.id ?? "";
  }

  private quietHours(): TemplateResult {
    const { home, clockAheadMs, zoneMinutes, cards } = this.state;
    return html`<div class="quiet-hours ${cards.length > 0 ? "with-cards" : ""}">
      <jingling-clock .language=${this.language} .ahead=${clockAheadMs} .zone=${zoneMinutes} aria-label=${this.t("clock.label")}></jingling-clock>
      ${this.cards(cards)}
      ${home && home.suggestions.length > 0 && cards.length === 0 ? this.say() : nothing}
    </div>`;
  }

  private say(): TemplateResult {
    return html`<section class="say"><h2>${this.t("stage.say")}</h2>
      <ul>${this.state.home?.suggestions.slice(0, 8).map(
        ({ text }) => html`<li><button data-testid="suggestion" @click=${() => this.act({ do: "say", text })}>${begun(text)}</button></li>`,
      )}</ul></section>`;
  }

  private talk(): TemplateResult {
    const { turn, cards, phase } = this.state;
    return html`
      <button class="clear" data-testid="clear" aria-label=${this.t("stage.clear")} @click=${() => this.act({ do: "clear" })}>${icon("close")}</button>
      <div class="talk ${turn?.streamed ? "told" : ""}" tabindex="-1" @wheel=${this.readBack} @touchmove=${this.readBack}>
        ${turn && turn.heard !== "" ? html`<p class="heard ${turn.heardFinal ? "" : "partial"}" data-testid="heard" lang=${turn.heardLanguage}>
          <span class="hidden">${this.t("stage.heard")}: </span>${turn.heard}</p>` : nothing}
        ${turn && turn.answer !== ""
          ? html`<p class="answer ${turn.streamed ? "growing" : size(turn.answer, cards.length > 0)}" data-testid="answer" lang=${turn.answerLanguage} aria-hidden="true">${turn.answer}</p>`
          : phase === "thinking" ? html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>` : nothing}
        ${turn?.expects && phase !== "speaking" ? html`<p class="expects">${this.t("stage.expects")}</p>` : nothing}
        ${turn?.undoable && !turn.expects ? html`<button class="undo quiet" data-testid="undo" @click=${() => this.act({ do: "undo" })}>${icon("undo")}${this.t("stage.undo")}</button>` : nothing}
        ${this.cards(cards)}
      </div>`;
  }

  private cards(cards: readonly CardShown[]): TemplateResult {
    // Who touched a thing has it under the finger already.
    const touched = this.state.turn?.heard === "";
    const drawn = cards.filter((each) => !touched || each.card.type !== "things").reverse();
    return html`${repeat(drawn, (each) => each.id, (each) => html`
      <jingling-card .language=${this.language} .shown=${each} .state=${this.state} ?answered=${(this.state.turn?.answer ?? "") !== ""}></jingling-card>`)}`;
  }
}

/** Chinese characters say about twice as much as Latin ones and are twice as wide. */
function size(text: string, besideCards: boolean): "short" | "medium" | "long" {
  const weight = [...text].reduce((sum, character) => sum + (character > "⺀" ? 2 : 1), 0);
  if (weight <= 42 && !besideCards) return "short";
  return weight <= 110 ? "medium" : "long";
}
