/** One line on what is wrong: the hub gone, a newer version, or the hub's own words. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Act } from "../act.ts";
import { common, Piece } from "../piece.ts";
import type { State } from "../state/state.ts";

@customElement("jingling-banner")
export class Banner extends Piece {
  static override styles = [
    common,
    css`
      div { display: flex; align-items: center; gap: 14px; padding: 4px 18px; background: var(--ink); color: var(--paper); animation: down 300ms var(--ease); min-height: 52px; }
      p { flex: 1; }
      button { border: 1px solid currentColor; white-space: nowrap; }
      :focus-visible { outline-color: var(--paper); outline-offset: -4px; }
      @keyframes down { from { transform: translateY(-100%); } }
    `,
  ];

  @property({ attribute: false }) state!: State;

  override render(): TemplateResult {
    const { connection, newVersion, trouble } = this.state;
    let inside: TemplateResult | typeof nothing = nothing;
    if (connection === "lost") inside = this.line("lost", this.t("net.lost"), this.t("net.retry"), { do: "retry" });
    else if (connection === "elsewhere") inside = this.line("elsewhere", this.t("net.elsewhere"), this.t("net.here"), { do: "retry" });
    else if (newVersion) inside = this.line("version", this.t("net.version"), this.t("net.reload"), { do: "reload" });
    else if (trouble) inside = this.line("trouble", trouble.text, this.t("trouble.dismiss"), { do: "read" });
    return html`<section role="alert">${inside}</section>`;
  }

  private line(kind: string, text: string, label: string, what: Act): TemplateResult {
    return html`<div data-testid="banner" data-kind=${kind}><p>${text}</p><button @click=${() => this.act(what)}>${label}</button></div>`;
  }
}
