/** Settings of this screen, another screen's pairing code, and what the hub is and lacks. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Kept, Theme } from "../keep.ts";
import { common, Piece } from "../piece.ts";
import type { State } from "../state/state.ts";
import { named, type Language } from "../strings/words.ts";
import { dialog } from "./dialog.ts";
import { icon } from "./icons.ts";
import "./devices.ts";
import "./outside.ts";
import "./pair-code.ts";
import "./phrases.ts";

const VOICES = ["slower", "faster", "softer", "louder", "quiet", "plain", "test"] as const;

@customElement("jingling-settings")
export class Settings extends Piece {
  static override styles = [
    common,
    dialog,
    css`
      .field { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 16px; padding: 10px 0; border-top: 1px solid var(--line); }
      h3, .label { font-size: 1rem; font-weight: 600; }
      .row { display: flex; gap: 6px; flex-wrap: wrap; }
      .row button[aria-pressed="true"], .row button[aria-checked="true"] { background: var(--lamp); color: var(--lamp-ink); border-color: var(--lamp); }
      select { min-height: var(--target); border: 1px solid var(--line-strong); border-radius: var(--radius-s); background: var(--paper-raised); padding: 0 10px; max-width: 100%; }
      .wide { flex-basis: 100%; }
      .soft { color: var(--ink-soft); overflow-wrap: anywhere; }
      .missing li { padding: 4px 0 4px 14px; border-left: 3px solid var(--seal); margin-top: 6px; }
    `,
  ];

  @property({ attribute: false }) state!: State;
  @property({ attribute: false }) kept!: Kept;
  @property({ type: Boolean }) opened = false;
  @query("dialog") private box!: HTMLDialogElement;

  override updated(changed: PropertyValues): void {
    if (!changed.has("opened")) return;
    if (this.opened && !this.box.open) this.box.showModal();
    if (!this.opened && this.box.open) this.box.close();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" data-testid="settings-box" @close=${() => this.act({ do: "settings", open: false })}
      @click=${(event: Event) => event.target === this.box && this.box.close()}>
      ${this.opened ? this.inside() : nothing}
    </dialog>`;
  }

  private inside(): TemplateResult {
    return html`<div class="box">
      <div class="top"><h2 id="title">${this.t("settings.label")}</h2>
        <button aria-label=${this.t("settings.close")} @click=${() => this.box.close()}>${icon("close")}</button></div>
      <div class="field"><span class="label">${this.t("settings.language")}</span><div class="row">${this.tongue("en", "English")}${this.tongue("zh", "中文")}</div></div>
      <div class="field"><span class="label">${this.t("settings.theme")}</span><div class="row">${this.theme("auto")}${this.theme("light")}${this.theme("dark")}</div></div>
      ${this.place()}
      ${this.wake()}
      <label class="field"><span class="label">${this.t("settings.volume")}</span>
        <input class="wide" type="range" data-testid="volume" min="0" max="1" step="0.05" .value=${String(this.kept.volume)} .style=${`--share: ${this.kept.volume * 100}%`}
          @input=${(event: Event) => this.act({ do: "volume", volume: Number((event.target as HTMLInputElement).value) })} /></label>
      ${this.voice()}
      <div class="field"><jingling-pair-code class="wide" .language=${this.language}></jingling-pair-code></div>
      <div class="field"><jingling-devices class="wide" .language=${this.language} .places=${this.state.home?.places ?? []} .news=${this.state.waiting}></jingling-devices></div>
      <div class="field"><jingling-phrases class="wide" .language=${this.language}></jingling-phrases></div>
      <div class="field"><jingling-outside class="wide" .language=${this.language}></jingling-outside></div>
      ${this.about()}
    </div>`;
  }

  private tongue(language: Language, name: string): TemplateResult {
    return html`<button class="quiet" lang=${language} aria-pressed=${this.language === language ? "true" : "false"} @click=${() => this.act({ do: "language", language })}>${name}</button>`;
  }

  private theme(theme: Theme): TemplateResult {
    return html`<button class="quiet" aria-pressed=${this.kept.theme === theme ? "true" : "false"} @click=${() => this.act({ do: "theme", theme })}>${this.t(`settings.theme.${theme}`)}</button>`;
  }

  private place(): TemplateResult {
    const { home, placeId } = this.state;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.act({ do: "place", placeId: value === "" ? null : value });
    };
    return html`<label class="field"><span class="label">${this.t("settings.place")}</span>
      <select @change=${choose}>
        <option value="" .selected=${placeId === null}>${this.t("settings.place.none")}</option>
        ${home?.places.map((place) => html`<option value=${place.id} .selected=${place.id === placeId}>${named(place.names, this.language, place.id)}</option>`)}
      </select></label>`;
  }

  private wake(): TemplateResult {
    const heard = (this.state.home?.wakeWords ?? []).map((word) => word.replace(/_/g, " "));
    if (heard.length === 0) return html`<div class="field"><span class="label">${this.t("settings.wake")}</span><span class="soft">${this.t("wake.none")}</span></div>`;
    const on = this.kept.wake;
    return html`<div class="field"><span><span class="label">${this.t("settings.wake")}</span><br /><span class="soft">${heard.join(" · ")}</span></span>
      <div class="row"><button class="quiet" role="switch" aria-checked=${on ? "true" : "false"} aria-label=${this.t("settings.wake")}
        @click=${() => this.act({ do: "wake", on: !on })}>${this.t(on ? "thing.on" : "thing.off")}</button></div></div>`;
  }

  /** What the buttons ask for is what a person could say; the answer is heard as it will be from now. */
  private voice(): TemplateResult {
    const { turn } = this.state;
    const answered = turn && VOICES.some((how) => turn.heard === this.t(`settings.voice.${how}.say`)) ? turn.answer : "";
    return html`<section class="field" data-testid="voice"><div class="wide"><h3>${this.t("settings.voice")}</h3>
      <p class="soft" role="status" data-testid="voice-answer">${answered || this.t("settings.voice.hint", { text: this.t("settings.voice.slower.say") })}</p></div>
      <div class="row wide">${VOICES.map((how) => html`<button class="quiet" data-testid=${`voice-${how}`}
        @click=${() => this.act({ do: "say", text: this.t(`settings.voice.${how}.say`) })}>${this.t(`settings.voice.${how}`)}</button>`)}</div></section>`;
  }

  private about(): TemplateResult {
    const { home } = this.state;
    const missing = home?.missing ?? [];
    return html`<section class="field"><div class="wide">
      <h3>${this.t("settings.about")}</h3>
      <p class="soft">Jingling 精灵 · ${this.t("settings.version", { version: home?.version ?? "–" })}</p>
      <p class="soft">${this.t("settings.device", { id: this.kept.deviceId.slice(0, 8) })}</p>
      ${missing.length === 0 ? html`<p class="soft">${this.t("settings.complete")}</p>` : html`<h3>${this.t("settings.missing")}</h3>
        <ul class="missing" data-testid="missing">${missing.map((each) => html`<li>${each}</li>`)}</ul>`}
    </div></section>`;
  }
}
