/** Shows a code that lets another screen in. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { askPairCode, type Role } from "../net/session.ts";
import { common, Piece } from "../piece.ts";
import { countdown } from "../state/time.ts";

@customElement("jingling-pair-code")
export class PairCodeView extends Piece {
  static override styles = [
    common,
    css`
      h3 { font-size: 1rem; }
      label { display: flex; align-items: center; gap: 10px; margin-bottom: 10px; }
      select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 10px; min-height: 44px; padding: 0 12px; }
      p { color: var(--ink-soft); margin-bottom: 8px; }
      .code { font-family: var(--display); font-size: 2.6rem; letter-spacing: 0.14em; color: var(--ink); font-variant-numeric: lining-nums tabular-nums; line-height: 1.2; }
    `,
  ];

  @state() private code = "";
  @state() private failed = false;
  @state() private left = 0;
  @state() private forWhom: Role = "adult";
  private until = 0;
  private beat: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.beat);
  }

  override render(): TemplateResult {
    return html`<h3>${this.t("settings.pair")}</h3><p>${this.t("settings.pair.how")}</p>
      <div aria-live="polite">
        ${this.failed ? html`<p>${this.t("settings.pair.failed")}</p>` : nothing}
        ${this.code === "" ? nothing : this.left > 0
          ? html`<p class="code" data-testid="pair-code">${this.code}</p><p>${this.t("settings.pair.valid", { time: countdown(this.left) })}</p>`
          : html`<p>${this.t("settings.pair.over")}</p>`}
      </div>
      ${this.code === "" || this.left <= 0 ? html`${this.choice()}<button class="quiet" data-testid="pair-code-get" @click=${this.get}>${this.t("settings.pair.get")}</button>` : nothing}`;
  }

  private choice(): TemplateResult {
    const roles: Role[] = ["adult", "child", "guest"];
    const chosen = (event: Event): void => { this.forWhom = (event.target as HTMLSelectElement).value as Role; };
    return html`<label>${this.t("settings.pair.for")}
      <select data-testid="pair-role" @change=${chosen}>
        ${roles.map((role) => html`<option value=${role} ?selected=${role === this.forWhom}>${this.t(`settings.pair.${role}`)}</option>`)}
      </select></label>
      ${this.forWhom === "adult" ? nothing : html`<p>${this.t("settings.pair.minor")}</p>`}`;
  }

  private async get(): Promise<void> {
    const answer = await askPairCode(this.forWhom);
    this.failed = answer === null;
    if (!answer) return;
    this.code = answer.code;
    this.until = Date.now() + answer.expires_s * 1000;
    clearInterval(this.beat);
    this.beat = setInterval(() => this.count(), 1000);
    this.count();
  }

  private count(): void {
    this.left = Math.max(0, (this.until - Date.now()) / 1000);
  }
}
