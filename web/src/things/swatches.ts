/** The colours a lamp is most often given, and any other. */
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ThingNow } from "../generated/messages.ts";
import { common, Piece } from "../piece.ts";

const COLORS: readonly (readonly [string, string, string])[] = [
  ["#ffffff", "White", "白"], ["#ffbf00", "Amber", "琥珀"], ["#ff8000", "Orange", "橙"], ["#ff0000", "Red", "红"],
  ["#ffc0cb", "Pink", "粉"], ["#800080", "Purple", "紫"], ["#0000ff", "Blue", "蓝"], ["#40e0d0", "Turquoise", "青"], ["#00ff00", "Green", "绿"],
];

@customElement("jingling-swatches")
export class Swatches extends Piece {
  static override styles = [
    common,
    css`
      div { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 6px; }
      button { padding: 0; border-radius: 50%; border: 2px solid var(--line-strong); background: var(--swatch); }
      button[aria-pressed="true"] { box-shadow: 0 0 0 3px var(--paper-raised), 0 0 0 6px var(--ink); }
      input { width: 64px; height: var(--target); padding: 0; border: 0; background: none; cursor: pointer; }
    `,
  ];

  @property({ attribute: false }) now!: ThingNow;
  @property() name = "color";

  override render(): TemplateResult {
    const held = String(this.now.values[this.name] ?? "#ffffff").toLowerCase();
    return html`<div>
      ${COLORS.map(([color, english, chinese]) => html`<button aria-label=${this.language === "zh" ? chinese : english} aria-pressed=${held === color ? "true" : "false"}
        .style=${`--swatch: ${color}`} @click=${() => this.set(color)}></button>`)}
      <input type="color" aria-label=${this.t("thing.custom")} .value=${/^#[0-9a-f]{6}$/.test(held) ? held : "#ffffff"}
        @change=${(event: Event) => this.set((event.target as HTMLInputElement).value)} />
    </div>`;
  }

  private set(value: string): void {
    this.act({ do: "adjust", thingId: this.now.thing.id, name: this.name, value });
  }
}
