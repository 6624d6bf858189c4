/** Numbers as a quiet bar chart, with a table for those who cannot see it. */
import { css, html, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ChartCard } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";

const WIDTH = 600;
const HEIGHT = 180;
const LABELS_MAX = 12;

@customElement("jingling-chart")
export class Chart extends Piece {
  static override styles = [
    common,
    css`
      h2 { font-size: 1.1rem; }
      h2 span { color: var(--ink-soft); font-weight: 400; }
      svg { display: block; width: 100%; max-height: 220px; overflow: visible; margin-top: 8px; }
      rect { fill: var(--lamp); }
      text { fill: var(--ink-soft); font-size: 15px; text-anchor: middle; font-family: var(--plain); }
      .value { fill: var(--ink); font-weight: 600; }
      line { stroke: var(--line-strong); }
    `,
  ];

  @property({ attribute: false }) card!: ChartCard;

  override render(): TemplateResult {
    const { title, unit, labels, values } = this.card;
    return html`<figure>
      <h2>${title} <span>${unit}</span></h2>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT + 26}" aria-hidden="true">${this.bars()}</svg>
      <table class="hidden"><caption>${this.t("card.chart", { title })}</caption>
        ${values.map((value, index) => html`<tr><th scope="row">${labels[index] ?? ""}</th><td>${value} ${unit}</td></tr>`)}</table>
    </figure>`;
  }

  private bars(): TemplateResult {
    const { labels, values } = this.card;
    const most = Math.max(0, ...values);
    const least = Math.min(0, ...values);
    const scale = (HEIGHT - 24) / (most - least || 1);
    const base = 22 + most * scale;
    const step = WIDTH / Math.max(1, values.length);
    const every = Math.ceil(values.length / LABELS_MAX);
    return svg`
      ${values.map((value, index) => {
        const tall = Math.abs(value) * scale;
        const middle = (index + 0.5) * step;
        return svg`<rect x=${middle - step * 0.34} y=${value >= 0 ? base - tall : base} width=${step * 0.68} height=${tall} rx="3" />
          ${index % every === 0 ? svg`<text class="value" x=${middle} y=${(value >= 0 ? base - tall : base) - 6}>${value}</text><text x=${middle} y=${HEIGHT + 20}>${labels[index] ?? ""}</text>` : ""}`;
      })}
      <line x1="0" x2=${WIDTH} y1=${base} y2=${base} />` as unknown as TemplateResult;
  }
}
