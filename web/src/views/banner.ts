/** One line on what needs a look: the hub gone, a newer version, the hub's own words, or a device that waits. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
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
  /** The new devices that were looked at: they are not told again. */
  @state() private seen = "";

  override render(): TemplateResult {
    const { connection, newVersion, trouble, waiting } = this.state;
    let inside: TemplateResult | typeof nothing = nothing;
    if (connection === "lost") inside = this.line("lost", this.t("net.lost"), this.t("net.retry"), { do: "retry" });
    else if (connection === "elsewhere") inside = this.line("elsewhere", this.t("net.elsewhere"), this.t("net.here"), { do: "retry" });
    else if (newVersion) inside = this.line("version", this.t("net.version"), this.t("net.reload"), { do: "reload" });
    else if (trouble) inside = this.line("trouble", trouble.text, this.t("trouble.dismiss"), { do: "read" });
    else if (waiting[0] && waiting.join() !== this.seen) inside = this.line("device", this.t("devices.waiting", { name: waiting[0] }), this.t("devices.see"), { do: "settings", open: true });
    return html`<section role="alert">${inside}</section>`;
  }

  private line(kind: string, text: string, label: string, what: Act): TemplateResult {
    return html`<div data-testid="banner" data-kind=${kind}><p>${text}</p><button @click=${() => this.tapped(what)}>${label}</button></div>`;
  }

  private tapped(what: Act): void {
    if (what.do === "settings") this.seen = this.state.waiting.join();
    this.act(what);
  }
}
