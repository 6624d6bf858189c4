/** A text with choices, or a numbered list: "number three". */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Choice } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { begun } from "../strings/words.ts";

@customElement("jingling-choices")
export class Choices extends Piece {
  static override styles = [
    common,
    css`
      h2 { font-weight: 600; font-size: 1.1rem; }
      .body { white-space: pre-line; font-size: 1.15rem; color: var(--ink-soft); margin-top: 4px; overflow-wrap: anywhere; }
      ol { margin-top: 6px; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); column-gap: 20px; }
      button { display: flex; align-items: center; gap: 14px; width: 100%; text-align: left; padding: 8px 6px; border-bottom: 1px solid var(--line); border-radius: 0; min-height: 56px; }
      button:hover { background: color-mix(in oklab, var(--ink) 5%, transparent); }
      button[aria-pressed="true"] { background: color-mix(in oklab, var(--lamp) 35%, transparent); }
      .none { color: var(--ink-soft); border-bottom: 0; }
      .number { font-family: var(--display); font-size: 1.7rem; min-width: 1.2em; text-align: right; color: var(--seal); font-variant-numeric: lining-nums tabular-nums; }
      .title { font-size: 1.15rem; }
      .subtitle { display: block; color: var(--ink-soft); font-size: 0.95rem; }
      img { width: 48px; height: 48px; object-fit: cover; border-radius: 8px; }
    `,
  ];

  @property() cardId = "";
  @property() heading = "";
  @property() body = "";
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property({ attribute: false }) chosen: string | null = null;
  @property({ type: Boolean }) numbered = false;
  /** The heading was said just above. */
  @property({ type: Boolean }) bare = false;
  /** One may also choose none of them. */
  @property({ type: Boolean }) refusable = false;

  override render(): TemplateResult {
    return html`
      ${this.heading === "" ? nothing : html`<h2 class=${this.bare ? "hidden" : ""}>${this.heading}</h2>`}
      ${this.body === "" ? nothing : html`<p class="body">${this.body}</p>`}
      ${this.choices.length === 0 ? nothing : html`<ol>${this.choices.map((choice, index) => html`<li>${this.line(choice, index + 1)}</li>`)}</ol>`}
      ${this.refusable && this.choices.length > 0 && this.chosen === null ? html`<button class="none" data-testid="choice-none"
        @click=${() => this.act({ do: "say", text: this.t("card.none.say") })}>${this.t("card.none")}</button>` : nothing}
    `;
  }

  private line(choice: Choice, number: number): TemplateResult {
    const label = this.numbered ? this.t("card.choose", { number, title: choice.title }) : choice.title;
    return html`<button data-testid="choice" data-value=${choice.value} aria-label=${label} aria-pressed=${this.chosen === choice.value ? "true" : "false"}
      @click=${() => this.act({ do: "tap", cardId: this.cardId, choice: choice.value })}>
      ${this.numbered ? html`<span class="number">${number}</span>` : nothing}
      ${choice.picture === "" ? nothing : html`<img src=${choice.picture} alt="" loading="lazy" />`}
      <span><span class="title">${begun(choice.title)}</span>${choice.subtitle === "" ? nothing : html`<span class="subtitle">${choice.subtitle}</span>`}</span>
    </button>`;
  }
}
