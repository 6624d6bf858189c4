/** The page: one screen, its parts, and the two layouts. */
import { css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ACT, type Act } from "./act.ts";
import { soundLocked, onSoundChange, unlockSound } from "./audio/sound.ts";
import { common, Piece } from "./piece.ts";
import { Screen } from "./screen.ts";
import { wishedFor } from "./state/things.ts";
import type { State } from "./state/state.ts";
import "./things/sheet.ts";
import "./views/banner.ts";
import "./views/bar.ts";
import "./views/dock.ts";
import "./views/home.ts";
import "./views/settings.ts";
import "./views/sign-in.ts";
import "./views/stage.ts";

const RELOAD_MS = 8_000;

@customElement("jingling-app")
export class App extends Piece {
  static override styles = [
    common,
    css`
      :host { height: 100dvh; }
      .page { height: 100%; display: flex; flex-direction: column; }
      .grid {
        flex: 1; min-height: 0; display: grid; grid-template: "bar home" auto "stage home" minmax(0, 1fr) "dock home" auto / minmax(0, 1.32fr) minmax(0, 1fr);
        max-width: 1500px; width: 100%; margin-inline: auto; padding: 0 0 0 clamp(18px, 3vw, 44px); column-gap: clamp(18px, 3vw, 44px);
      }
      jingling-bar { grid-area: bar; padding-top: 6px; }
      main { grid-area: stage; min-height: 0; display: flex; flex-direction: column; position: relative; z-index: 1; }
      jingling-stage { flex: 1; }
      jingling-dock { grid-area: dock; padding: 6px 0 clamp(12px, 2.4vh, 26px); }
      aside { grid-area: home; overflow-y: auto; padding: 18px clamp(16px, 2.4vw, 32px) 28px; border-left: 1px solid var(--line); scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .skip { position: absolute; left: -999px; top: 4px; z-index: 5; background: var(--ink); color: var(--paper); padding: 10px 16px; border-radius: var(--radius-s); }
      .skip:focus { left: 8px; }
      .loading { height: 100%; display: grid; place-content: center; justify-items: center; gap: 22px; color: var(--ink-soft); font-family: var(--display); font-size: 1.3rem; }
      .loading jingling-mark { width: 150px; }
      @media (min-width: 1200px) { jingling-dock { --mark: 150px; } }
      @media (max-width: 859px) {
        :host { height: auto; }
        .page { min-height: 100dvh; height: auto; }
        .grid { display: flex; flex-direction: column; padding: 0; }
        jingling-bar, main { padding-inline: 18px; }
        main { flex: none; min-height: 150px; }
        aside { border: 0; overflow: visible; padding: 14px 18px 24px; flex: 1; }
        jingling-dock { order: 9; position: sticky; bottom: 0; z-index: 3; background: var(--paper); border-top: 1px solid var(--line); padding: 8px 18px max(10px, env(safe-area-inset-bottom)); }
      }
    `,
  ];

  private readonly screen = new Screen();
  @state() private shown: State = this.screen.store.state;
  @state() private settings = false;
  @state() private more: string | null = null;
  private readonly night = matchMedia("(prefers-color-scheme: dark)");

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(ACT, (event) => this.perform(event as CustomEvent<Act>));
    this.screen.store.watch((state) => this.follow(state));
    this.screen.onchange = () => this.requestUpdate();
    onSoundChange(() => this.requestUpdate());
    this.night.addEventListener("change", () => this.requestUpdate());
    document.addEventListener("pointerdown", () => void unlockSound(), { capture: true });
    document.addEventListener("keydown", (event) => this.keyDown(event));
    document.addEventListener("keyup", (event) => this.keyUp(event));
    void this.screen.start();
  }

  override willUpdate(): void {
    this.language = this.shown.language;
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset["theme"] = this.dark() ? "dark" : "light";
  }

  override render(): TemplateResult {
    const { connection, home } = this.shown;
    if (connection === "signed_out" && this.screen.session) {
      return html`<jingling-sign-in .language=${this.language} .session=${this.screen.session}></jingling-sign-in>`;
    }
    if (!home) return this.loading();
    return this.page();
  }

  private page(): TemplateResult {
    const { shown, language, screen } = this;
    const { microphone, player, talk } = screen;
    const now = shown.things.find((each) => each.thing.id === this.more);
    return html`<div class="page">
      <nav aria-label=${this.t("app.skip")}><button class="skip" @click=${this.skip}>${this.t("app.skip")}</button></nav>
      <jingling-banner .language=${language} .state=${shown}></jingling-banner>
      <div class="grid">
        <jingling-bar role="banner" .language=${language} .state=${shown} .dark=${this.dark()}></jingling-bar>
        <main aria-label=${this.t("stage.label")}><jingling-stage .language=${language} .state=${shown}></jingling-stage></main>
        <jingling-dock role="region" aria-label=${this.t("dock.label")} .language=${language} .state=${shown} .mic=${microphone.state} .mode=${talk.mode} .pressed=${talk.pressed}
          .playing=${player.playing} .wake=${talk.wakeWanted} .locked=${soundLocked() && (shown.phase === "speaking" || microphone.state === "on")} .level=${this.level}></jingling-dock>
        <aside id="home" tabindex="-1" aria-label=${this.t("home.label")}><jingling-home .language=${language} .state=${shown}></jingling-home></aside>
      </div>
      <jingling-sheet .language=${language} .now=${now ? wishedFor(now, shown.wishes) : null} .suggestions=${shown.home?.suggestions ?? []}></jingling-sheet>
      <jingling-settings .language=${language} .state=${shown} .kept=${screen.kept} .opened=${this.settings}></jingling-settings>
    </div>`;
  }

  private loading(): TemplateResult {
    const lost = this.shown.connection === "lost";
    return html`<div class="page"><jingling-banner .language=${this.language} .state=${this.shown}></jingling-banner>
      <main class="loading" aria-busy="true"><jingling-mark .phase=${"thinking"} ?asleep=${lost}></jingling-mark><p>${this.t(lost ? "net.connecting" : "app.loading")}</p></main></div>`;
  }

  private readonly level = (): number => (this.screen.player.playing ? this.screen.player.level() : this.screen.microphone.level);

  private perform(event: CustomEvent<Act>): void {
    const what = event.detail;
    if (what.do === "settings") this.settings = what.open;
    else if (what.do === "more") this.more = what.thingId;
    else if (!this.screen.perform(what)) event.preventDefault();
  }

  private follow(state: State): void {
    if (state.newVersion && !this.shown.newVersion) setTimeout(() => location.reload(), RELOAD_MS);
    const begun = state.turn !== null && state.turn.id !== this.shown.turn?.id;
    if (begun && scrollY > 0) scrollTo({ top: 0, behavior: calm() ? "instant" : "smooth" });
    this.shown = state;
  }

  private dark(): boolean {
    const { theme } = this.screen.kept;
    return theme === "dark" || (theme === "auto" && this.night.matches);
  }

  /** Space talks and Escape stops, wherever the focus is, unless it is where they mean something else. */
  private keyDown(event: KeyboardEvent): void {
    void unlockSound();
    if (this.settings || this.more !== null) return;
    if (event.key === "Escape") this.screen.perform({ do: "escape" });
    if (event.key !== " " || event.repeat || !free(event)) return;
    event.preventDefault();
    this.screen.perform({ do: "press" });
  }

  private keyUp(event: KeyboardEvent): void {
    if (event.key === " " && free(event)) this.screen.perform({ do: "release" });
  }

  private skip(): void {
    this.renderRoot.querySelector<HTMLElement>("#home")?.focus();
  }
}

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether no control has the focus that would want the key for itself. */
function free(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return !(at instanceof HTMLElement) || at.closest("input, textarea, select, button, a, dialog") === null;
}
