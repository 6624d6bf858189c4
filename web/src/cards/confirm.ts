/** A question with two large answers. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ConfirmCard } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";

@customElement("jingling-confirm")
export class Confirm extends Piece {
  static override styles = [
    common,
    css`
      h2 { font-family: var(--display); font-weight: 400; font-size: clamp(1.3rem, 2.6vw, 1.9rem); line-height: 1.2; margin-bottom: 14px; }
      div { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; max-width: 34rem; }
      button { min-height: 72px; font-size: 1.35rem; border-radius: 18px; }
      button:disabled[aria-pressed="false"] { opacity: 0.35; }
      button[aria-pressed="true"] { opacity: 1; }
    `,
  ];

  @property() cardId = "";
  @property({ attribute: false }) card!: ConfirmCard;
  /** The question was said just above; only the answers are drawn. */
  @property({ type: Boolean }) bare = false;
  @property({ attribute: false }) chosen: string | null = null;

  override render(): TemplateResult {
    return html`<h2 class=${this.bare ? "hidden" : ""}>${this.card.question}</h2>
      <div role="group" aria-label=${this.card.question}>
        ${this.answer("yes", this.card.yes || this.t("card.yes"), "strong")}
        ${this.answer("no", this.card.no || this.t("card.no"), "quiet")}
      </div>`;
  }

  private answer(choice: "yes" | "no", label: string, look: string): TemplateResult {
    return html`<button class=${look} data-testid=${`confirm-${choice}`} ?disabled=${this.chosen !== null} aria-pressed=${this.chosen === choice ? "true" : "false"}
      @click=${() => this.act({ do: "tap", cardId: this.cardId, choice })}>${label}</button>`;
  }
}
