/** An order and, live, how far the thing that makes it is. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { OrderCard, ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";
import { orderProgress } from "../state/cards.ts";
import { nameOf, reading } from "../state/things.ts";

@customElement("jingling-order")
export class Order extends Piece {
  static override styles = [
    common,
    css`
      .order { display: flex; gap: clamp(16px, 3vw, 32px); align-items: center; padding-right: 40px; }
      .cup { width: clamp(84px, 12vw, 124px); flex: none; --share: 0; }
      .cup svg { display: block; width: 100%; overflow: visible; }
      .cup .line { fill: none; stroke: var(--ink); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
      .cup .fill { fill: var(--lamp); transform-origin: 50px 78px; transform: scaleY(var(--share)); transition: transform 900ms linear; }
      .cup .steam { opacity: 0; transition: opacity var(--slow); }
      .brewing .steam, .ready .steam { opacity: 0.8; animation: steam 2.6s ease-in-out infinite; }
      @keyframes steam { 50% { transform: translateY(-4px); } }
      .text { min-width: 0; flex: 1; }
      h2 { font-family: var(--display); font-weight: 500; font-size: clamp(1.25rem, 2.6vw, 1.8rem); line-height: 1.15; }
      dl { display: flex; flex-wrap: wrap; gap: 2px 18px; margin-top: 6px; }
      dl div { display: flex; gap: 6px; }
      dt { color: var(--ink-soft); }
      dd { font-weight: 600; }
      .state { margin-top: 8px; font-size: 1.1rem; color: var(--seal); font-weight: 600; font-variant-numeric: tabular-nums; }
    `,
  ];

  @property({ attribute: false }) card!: OrderCard;
  @property({ attribute: false }) now: ThingNow | undefined;

  override render(): TemplateResult {
    const share = orderProgress(this.now);
    const state = String(this.now?.values["state"] ?? "");
    return html`<div class="order" data-testid="order" data-state=${state}>
      <div class="cup ${state}" .style=${`--share: ${share ?? 0}`}>${cup}</div>
      <div class="text">
        <h2>${this.card.title}</h2>
        <dl>${this.card.lines.map((line) => html`<div><dt>${line.label}</dt><dd>${line.value}</dd></div>`)}</dl>
        ${this.status(share)}
      </div>
    </div>`;
  }

  private status(share: number | null): TemplateResult | typeof nothing {
    if (this.card.thing_id === "") return nothing;
    if (!this.now) return html`<p class="state">${this.t("card.gone")}</p>`;
    const read = this.now.reachable ? reading(this.now.thing, "state", this.now.values["state"], this.language) : this.t("thing.unreachable");
    const percent = Math.round((share ?? 0) * 100);
    const goes = percent > 0 && percent < 100;
    return html`<p class="state" role="progressbar" aria-label=${this.t("order.progress")} aria-valuenow=${percent} aria-valuetext="${read} ${percent}%">
      ${nameOf(this.now.thing, this.language)} · ${read}${goes ? ` · ${percent}%` : ""}</p>`;
  }
}

const cup = html`<svg viewBox="0 0 100 92" aria-hidden="true">
  <defs><clipPath id="inside"><path d="M18 34H74V56A24 24 0 0 1 50 80H42A24 24 0 0 1 18 56Z" /></clipPath></defs>
  <g clip-path="url(#inside)"><rect class="fill" x="14" y="34" width="64" height="46" /></g>
  <path class="line" d="M18 34H74V56A24 24 0 0 1 50 80H42A24 24 0 0 1 18 56ZM74 42H80A9 9 0 0 1 80 62H73M12 88H80" />
  <path class="line steam" d="M36 24C32 18 40 14 36 8M50 24C46 18 54 14 50 8" />
</svg>`;
