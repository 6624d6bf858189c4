/** Boards, satellites and screens: what has shown up and waits, and what belongs here. Not there for a child's screen. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Place } from "../generated/messages.ts";
import { adoptDevice, forgetDevice, readDevices, type Device, type Told } from "../net/owner.ts";
import { common, Piece } from "../piece.ts";
import { named, type Language } from "../strings/words.ts";
import { icon } from "./icons.ts";

const NAME_MAX = 64;

@customElement("jingling-devices")
export class Devices extends Piece {
  static override styles = [
    common,
    css`
      h3 { font-size: 1rem; }
      .soft { color: var(--ink-soft); }
      .one { display: flex; align-items: center; gap: 10px; min-height: 56px; }
      .one > span { flex: 1; min-width: 0; overflow-wrap: anywhere; }
      .name { font-weight: 600; }
      .code { font-variant-numeric: tabular-nums; letter-spacing: 0.08em; font-weight: 600; color: var(--ink); }
      li { border-top: 1px solid var(--line); padding: 2px 0; }
      li[data-state="new"] { border-left: 3px solid var(--seal); padding-left: 10px; }
      .dot { flex: none; width: 10px; height: 10px; border-radius: 50%; border: 2px solid var(--line-strong); }
      .dot.on { background: var(--lamp); border-color: var(--lamp); }
      .icon { padding: 0; flex: none; color: var(--ink-soft); margin-right: -10px; }
      .icon svg { width: 20px; height: 20px; display: block; margin: auto; }
      form { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 10px; align-items: end; padding: 4px 0 12px; }
      label { display: block; color: var(--ink-soft); font-size: 0.95rem; min-width: 0; }
      input, select { display: block; width: 100%; min-height: var(--target); margin-top: 2px; border: 1px solid var(--line-strong); border-radius: var(--radius-s); background: var(--paper); color: var(--ink); padding: 0 10px; }
      .buttons { grid-column: 1 / -1; display: flex; gap: 8px; flex-wrap: wrap; }
      .wrong { border-left: 3px solid var(--seal); padding: 2px 0 2px 10px; margin-top: 10px; overflow-wrap: anywhere; }
      @media (max-width: 420px) { form { grid-template-columns: 1fr; } }
    `,
  ];

  @property({ attribute: false }) places: readonly Place[] = [];
  /** Changes whenever the hub has news of devices. */
  @property({ attribute: false }) news: unknown = null;
  @state() private devices: readonly Device[] | null = null;
  @state() private open = "";
  @state() private busy = false;
  @state() private problem = "";
  @state() private forbidden = false;

  override updated(changed: PropertyValues): void {
    if (changed.has("news") || changed.has("language")) void this.take(readDevices(this.language));
  }

  override render(): TemplateResult | typeof nothing {
    if (this.forbidden) return nothing;
    return html`<section data-testid="devices" aria-labelledby="title"><h3 id="title">${this.t("devices.title")}</h3>
      ${this.list()}
      <div aria-live="polite">${this.problem === "" ? nothing : html`<p class="wrong" data-testid="device-problem">${this.problem}</p>`}</div>
    </section>`;
  }

  private list(): TemplateResult | typeof nothing {
    if (this.devices === null) return nothing;
    if (this.devices.length === 0) return html`<p class="soft" data-testid="devices-none">${this.t("devices.none")}</p>`;
    return html`<ul>${this.devices.map((each) => this.line(each))}</ul>`;
  }

  private line(device: Device): TemplateResult {
    const fresh = device.state === "new";
    const toggle = (): void => { this.open = this.open === device.id ? "" : device.id; };
    return html`<li data-testid="device" data-state=${device.state}><div class="one">
      <span class=${device.connected ? "dot on" : "dot"} style="flex: none" title=${this.t(device.connected ? "devices.here" : "devices.away")}></span>
      <span><span class="name">${device.name}</span><br /><span class="soft">${this.about(device)}</span></span>
      <button class="quiet" data-testid=${fresh ? "device-add" : "device-edit"} aria-expanded=${this.open === device.id ? "true" : "false"} @click=${toggle}>${this.t(fresh ? "devices.add" : "devices.edit")}</button>
      ${fresh ? nothing : html`<button class="icon" data-testid="device-forget" ?disabled=${this.busy} aria-label=${this.t("devices.forget", { name: device.name })} @click=${() => this.take(forgetDevice(device, this.language))}>${icon("close")}</button>`}
    </div>${this.open === device.id ? this.form(device) : nothing}</li>`;
  }

  private about(device: Device): TemplateResult {
    const place = this.places.find((each) => each.id === device.place_id);
    const said = [this.t(`devices.kind.${device.kind}`), device.model, place ? named(place.names, this.language, place.id) : ""];
    const code = device.code === "" ? nothing : html` · ${this.t("devices.code")} <span class="code">${device.code}</span>`;
    return html`${said.filter((each) => each !== "").join(" · ")}${code}`;
  }

  private form(device: Device): TemplateResult {
    return html`<form novalidate @submit=${(event: Event) => this.adopt(event, device)}>
      <label>${this.t("devices.name")}<input name="name" data-testid="device-name" maxlength=${NAME_MAX} autocomplete="off" .value=${device.name} /></label>
      <label>${this.t("devices.place")}<select name="place" data-testid="device-place">
        <option value="" ?selected=${device.place_id === null}>${this.t("settings.place.none")}</option>
        ${this.places.map((place) => html`<option value=${place.id} ?selected=${place.id === device.place_id}>${named(place.names, this.language, place.id)}</option>`)}
      </select></label>
      <label>${this.t("devices.language")}<select name="language">
        ${(["", "en", "zh"] as const).map((each) => html`<option value=${each} ?selected=${each === (device.language ?? "")}>${this.tongue(each)}</option>`)}
      </select></label>
      <label>${this.t("devices.role")}<select name="role">
        ${(["adult", "child", "guest"] as const).map((each) => html`<option value=${each} ?selected=${each === device.role}>${this.t(`devices.role.${each}`)}</option>`)}
      </select></label>
      <div class="buttons"><button class="quiet" data-testid="device-save" ?disabled=${this.busy}>${this.t(device.state === "new" ? "devices.adopt" : "devices.save")}</button></div>
    </form>`;
  }

  private tongue(language: Language | ""): string {
    if (language === "") return this.t("devices.language.any");
    return language === "en" ? "English" : "中文";
  }

  private async adopt(event: Event, device: Device): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const name = String(given.get("name") ?? "").trim();
    if (name === "") return (form.elements.namedItem("name") as HTMLInputElement).focus();
    const chosen = (field: string): string | null => String(given.get(field) ?? "") || null;
    const wanted = { name, place_id: chosen("place"), language: chosen("language") as Language | null, role: chosen("role") ?? "adult", volume: device.volume };
    if (await this.take(adoptDevice(device.id, wanted, this.language))) this.open = "";
  }

  /** True when the hub did it. */
  private async take(asked: Promise<Told<readonly Device[]>>): Promise<boolean> {
    this.busy = true;
    const told = await asked;
    this.busy = false;
    if (told.ok) this.devices = told.value;
    else this.forbidden = told.status === 403;
    this.problem = told.ok ? "" : told.text || this.t("phrases.failed");
    return told.ok;
  }
}
