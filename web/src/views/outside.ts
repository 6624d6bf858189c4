/** How the language model and the servers of tools are. Not there for a child's or a guest's screen. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { readOutside, type Outside, type Part, type Told } from "../net/owner.ts";
import { common, Piece } from "../piece.ts";

@customElement("jingling-outside")
export class OutsideView extends Piece {
  static override styles = [
    common,
    css`
      h3 { font-size: 1rem; }
      .soft { color: var(--ink-soft); }
      li { padding: 4px 0 4px 14px; border-left: 3px solid var(--line-strong); margin-top: 6px; overflow-wrap: anywhere; }
      li[data-state="ready"] { border-color: var(--lamp); }
      li[data-state="away"] { border-color: var(--seal); }
    `,
  ];

  @state() private told: Told<Outside> | null = null;

  override updated(changed: PropertyValues): void {
    if (changed.has("language")) void this.read();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.told?.ok === false && this.told.status === 403) return nothing;
    return html`<section data-testid="outside" aria-labelledby="title"><h3 id="title">${this.t("outside.title")}</h3>
      <div aria-live="polite">${this.inside()}</div></section>`;
  }

  private inside(): TemplateResult {
    if (this.told === null) return html`<p class="soft">${this.t("outside.asking")}</p>`;
    if (!this.told.ok) return html`<p class="soft">${this.t("outside.failed")}</p>`;
    const { model, servers } = this.told.value;
    return html`<ul>${[model, ...servers].map((each) => this.line(each))}</ul>`;
  }

  private line(part: Part): TemplateResult {
    return html`<li data-testid="outside-part" data-state=${part.state}>${part.text}</li>`;
  }

  private async read(): Promise<void> {
    this.told = await readOutside(this.language);
  }
}
