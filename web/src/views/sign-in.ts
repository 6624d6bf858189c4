/** The door of a hub that is open to the network: a password, or a code from a screen that is in. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { choosePassword, pair, signIn, type Answer, type Session } from "../net/session.ts";
import { common, Piece } from "../piece.ts";
import type { Key } from "../strings/words.ts";
import "./mark.ts";

const LEAST_CHARACTERS = 8;

@customElement("jingling-sign-in")
export class SignIn extends Piece {
  static override styles = [
    common,
    css`
      :host { min-height: 100dvh; display: grid; place-items: center; padding: 24px 18px; }
      main { width: min(100%, 23rem); }
      jingling-mark { width: 112px; margin: 0 auto 20px; }
      h1 { font-family: var(--display); font-weight: 400; font-size: 2.3rem; text-align: center; }
      p { color: var(--ink-soft); margin-top: 8px; }
      form { display: grid; gap: 8px; margin-top: 20px; }
      label { font-weight: 600; }
      input { min-height: 52px; border: 1px solid var(--line-strong); border-radius: var(--radius-s); background: var(--paper-raised); padding: 0 14px; font-size: 1.1rem; width: 100%; }
      form button { min-height: 52px; font-size: 1.1rem; margin-top: 4px; }
      .second { margin-top: 30px; padding-top: 22px; border-top: 1px solid var(--line); }
      .second h2 { font-size: 1.1rem; }
      .code { letter-spacing: 0.2em; font-family: var(--display); }
      .wrong { color: var(--ink); border-left: 3px solid var(--seal); padding-left: 10px; }
      .tongue { position: fixed; top: 10px; right: 12px; font-weight: 600; }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @state() private wrong = "";
  @state() private busy = false;

  override render(): TemplateResult {
    const first = this.session.first_start;
    return html`<main>
      <button class="tongue" data-testid="language-switch" aria-label=${this.t("language.switch.label")} @click=${() => this.act({ do: "language", language: this.language === "en" ? "zh" : "en" })}>${this.t("language.switch")}</button>
      <jingling-mark></jingling-mark>
      <h1>${this.t(first ? "signin.first.title" : "signin.title")}</h1>
      ${first ? html`<p>${this.t("signin.first.how")}</p>` : nothing}
      <form @submit=${this.enter}>
        <label for="password">${this.t("signin.password")}</label>
        <input id="password" name="password" type="password" data-testid="password" autocomplete=${first ? "new-password" : "current-password"} required />
        ${first ? html`<label for="again">${this.t("signin.again")}</label><input id="again" name="again" type="password" autocomplete="new-password" required />` : nothing}
        ${first && this.session.at_hub === false ? html`<label for="setup">${this.t("signin.setup")}</label><input id="setup" name="setup" class="code" data-testid="setup-code" autocomplete="off" autocapitalize="characters" required />` : nothing}
        <button class="strong" data-testid="sign-in" ?disabled=${this.busy}>${this.t(first ? "signin.first.do" : "signin.do")}</button>
      </form>
      <div role="alert">${this.wrong === "" ? nothing : html`<p class="wrong" data-testid="sign-in-wrong">${this.wrong}</p>`}</div>
      ${first ? nothing : this.pairing()}
    </main>`;
  }

  private pairing(): TemplateResult {
    return html`<section class="second"><h2>${this.t("signin.pair")}</h2><p>${this.t("signin.pair.how")}</p>
      <form @submit=${this.enterCode}>
        <label for="code">${this.t("signin.code")}</label>
        <input id="code" name="code" class="code" data-testid="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required />
        <button class="quiet" data-testid="pair" ?disabled=${this.busy}>${this.t("signin.pair.do")}</button>
      </form></section>`;
  }

  private async enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const password = String(fields.get("password") ?? "");
    if (this.session.first_start && password.length < LEAST_CHARACTERS) return this.say("signin.short");
    if (this.session.first_start && password !== fields.get("again")) return this.say("signin.differ");
    if (!this.session.first_start) return this.knock(signIn(password), "signin.wrong");
    const code = String(fields.get("setup") ?? "").trim().toUpperCase();
    await this.knock(choosePassword(password, code), "signin.setup.wrong");
  }

  private async enterCode(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    await this.knock(pair(String(fields.get("code") ?? "")), "signin.pair.wrong");
  }

  private async knock(asked: Promise<Answer>, refused: Key): Promise<void> {
    this.busy = true;
    const answer = await asked;
    this.busy = false;
    if (answer.ok) this.act({ do: "signed-in" });
    else if (answer.status === 0) this.say("signin.gone");
    else if (answer.status === 429) this.say("signin.wait");
    else if (answer.status === 401 || answer.status === 403) this.say(refused);
    else this.wrong = this.t("signin.refused", { text: answer.text || String(answer.status) });
  }

  private say(key: Key): void {
    this.wrong = this.t(key);
  }
}
