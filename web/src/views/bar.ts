/** The top line: the home's name, where this screen stands, language, light, settings. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { common, Piece } from "../piece.ts";
import type { State } from "../state/state.ts";
import { named } from "../strings/words.ts";
import { icon } from "./icons.ts";

@customElement("jingling-bar")
export class Bar extends Piece {
  static override styles = [
    common,
    css`
      :host { display: flex; align-items: center; gap: 4px; min-height: 52px; }
      .name { font-family: var(--display); font-size: 1.15rem; font-weight: 500; letter-spacing: 0.01em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
      .grow { flex: 1; }
      label { display: flex; align-items: center; color: var(--ink-soft); }
      select {
        min-height: var(--target); border: 0; background: none; padding: 0 6px; border-radius: var(--radius-s); cursor: pointer; max-width: 11rem; text-overflow: ellipsis;
      }
      select option { background: var(--paper-raised); color: var(--ink); }
      button { padding: 0 10px; white-space: nowrap; color: var(--ink-soft); }
      button:hover, select:hover { color: var(--ink); background: color-mix(in oklab, var(--ink) 6%, transparent); }
      svg { width: 22px; height: 22px; display: block; }
      .switch { font-weight: 600; }
      @media (max-width: 480px) { .name.placed { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .dot { display: none; } select { padding-left: 0; max-width: 10rem; font-family: var(--display); font-size: 1.1rem; } }
    `,
  ];

  @property({ attribute: false }) state!: State;
  @property({ type: Boolean }) dark = false;

  override render(): TemplateResult {
    const { home, language } = this.state;
    const name = home?.name[language] ?? Object.values(home?.name ?? {})[0] ?? this.t("app.name");
    return html`
      <h1 class="name ${home && home.places.length > 0 ? "placed" : ""}">${name}</h1>
      ${home && home.places.length > 0 ? this.places() : nothing}
      <span class="grow"></span>
      <button class="switch" data-testid="language-switch" lang=${language === "en" ? "zh" : "en"} aria-label=${this.t("language.switch.label")}
        @click=${() => this.act({ do: "language", language: language === "en" ? "zh" : "en" })}>${this.t("language.switch")}</button>
      <button data-testid="theme-switch" aria-label=${this.t("theme.switch")} @click=${() => this.act({ do: "theme", theme: this.dark ? "light" : "dark" })}>
        ${icon(this.dark ? "sun" : "moon")}</button>
      <button data-testid="settings" aria-label=${this.t("settings.label")} @click=${() => this.act({ do: "settings", open: true })}>${icon("settings")}</button>
    `;
  }

  private places(): TemplateResult {
    const { home, placeId, language } = this.state;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.act({ do: "place", placeId: value === "" ? null : value });
    };
    return html`<label><span class="hidden">${this.t("settings.place")}</span><span class="dot" aria-hidden="true">·</span>
      <select data-testid="place" @change=${choose}>
        <option value="" .selected=${placeId === null}>${this.t("settings.place.none")}</option>
        ${home?.places.map((place) => html`<option value=${place.id} .selected=${place.id === placeId}>${named(place.names, language, place.id)}</option>`)}
      </select></label>`;
  }
}
