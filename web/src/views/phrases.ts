/** "When I say X, I mean Y": the owner's own phrases. Not there for a child's or a guest's screen. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { forgetPhrase, readPhrases, teachPhrase, type Phrase, type Told } from "../net/owner.ts";
import { common, Piece } from "../piece.ts";
import { icon } from "./icons.ts";

const CHARS_MAX = 200;

@customElement("jingling-phrases")
export class Phrases extends Piece {
  static override styles = [
    common,
    css`
      h3 { font-size: 1rem; }
      .soft { color: var(--ink-soft); margin-bottom: 8px; }
      li { display: flex; align-items: center; gap: 8px; border-top: 1px solid var(--line); min-height: 52px; }
      li > span { flex: 1; min-width: 0; overflow-wrap: anywhere; }
      .text { font-weight: 600; }
      .arrow { color: var(--seal); padding: 0 6px; }
      li button { padding: 0; flex: none; color: var(--ink-soft); margin-right: -10px; }
      li svg { width: 20px; height: 20px; display: block; margin: auto; }
      form { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 10px; align-items: end; border-top: 1px solid var(--line); padding-top: 10px; }
      label { display: block; color: var(--ink-soft); font-size: 0.95rem; min-width: 0; }
      input { display: block; width: 100%; min-height: var(--target); margin-top: 2px; border: 1px solid var(--line-strong); border-radius: var(--radius-s); background: var(--paper); color: var(--ink); padding: 0 10px; }
      input::placeholder { color: var(--ink-soft); opacity: 1; font-style: italic; }
      form button { grid-column: 1 / -1; justify-self: start; }
      .wrong { border-left: 3px solid var(--seal); padding: 2px 0 2px 10px; margin-top: 10px; overflow-wrap: anywhere; }
      @media (max-width: 420px) { form { grid-template-columns: 1fr; } }
    `,
  ];

  @state() private phrases: readonly Phrase[] | null = null;
  @state() private problem = "";
  @state() private busy = false;
  @state() private forbidden = false;
  @query("#text") private text!: HTMLInputElement;
  @query("#means") private means!: HTMLInputElement;

  override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.take(readPhrases(this.language));
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("problem") && this.problem !== "") this.renderRoot.querySelector(".wrong")?.scrollIntoView({ block: "nearest" });
  }

  override render(): TemplateResult | typeof nothing {
    if (this.forbidden) return nothing;
    return html`<section data-testid="phrases" aria-labelledby="title"><h3 id="title">${this.t("phrases.title")}</h3>
      <p class="soft">${this.t("phrases.how")}</p>
      ${this.list()}
      <form @submit=${this.add} novalidate>
        ${this.field("text")}${this.field("means")}
        <button class="quiet" data-testid="phrase-add" ?disabled=${this.busy}>${this.t("phrases.add")}</button>
      </form>
      <div aria-live="polite">${this.problem === "" ? nothing : html`<p class="wrong" data-testid="phrase-problem">${this.problem}</p>`}</div>
    </section>`;
  }

  private list(): TemplateResult | typeof nothing {
    if (this.phrases === null) return nothing;
    if (this.phrases.length === 0) return html`<p class="soft" data-testid="phrases-none">${this.t("phrases.none")}</p>`;
    return html`<ul>${this.phrases.map((each) => html`<li data-testid="phrase" lang=${each.language}>
      <span><span class="text">${each.text}</span><span class="arrow" aria-hidden="true">→</span><span class="hidden">, ${this.t("phrases.means")}: </span>${each.means}</span>
      <button data-testid="phrase-forget" ?disabled=${this.busy} aria-label=${this.t("phrases.forget", { text: each.text })} @click=${() => this.take(forgetPhrase(each, this.language))}>${icon("close")}</button>
    </li>`)}</ul>`;
  }

  private field(name: "text" | "means"): TemplateResult {
    return html`<label>${this.t(`phrases.${name}`)}
      <input id=${name} data-testid=${`phrase-${name}`} placeholder=${this.t(`phrases.${name}.example`)} maxlength=${CHARS_MAX} autocomplete="off" enterkeyhint=${name === "text" ? "next" : "done"} /></label>`;
  }

  private async add(event: Event): Promise<void> {
    event.preventDefault();
    const empty = [this.text, this.means].find((each) => each.value.trim() === "");
    if (empty) return empty.focus();
    if (!(await this.take(teachPhrase(this.text.value, this.means.value, this.language)))) return this.means.focus();
    this.text.value = this.means.value = "";
    this.text.focus();
  }

  /** True when the hub did it. */
  private async take(asked: Promise<Told<readonly Phrase[]>>): Promise<boolean> {
    this.busy = true;
    const told = await asked;
    this.busy = false;
    if (told.ok) this.phrases = told.value;
    else this.forbidden = told.status === 403;
    this.problem = told.ok ? "" : told.text || this.t("phrases.failed");
    return told.ok;
  }
}
