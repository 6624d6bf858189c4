/** The owner's affairs over HTTP: their devices, their own phrases, and what is plugged in from outside. */
import type { Language } from "../strings/words.ts";

export interface Phrase {
  readonly text: string;
  readonly means: string;
  readonly language: Language;
}

/** Something with ears, a voice or a screen. `code` is what a new one shows or says of itself. */
export interface Device {
  readonly id: string;
  readonly kind: "browser" | "xiaozhi" | "esphome" | "wyoming" | "speaker";
  readonly name: string;
  readonly state: "new" | "adopted";
  readonly place_id: string | null;
  readonly language: Language | null;
  readonly role: string;
  readonly model: string;
  readonly code: string;
  readonly volume: number | null;
  readonly connected: boolean;
}

export type Adoption = Pick<Device, "name" | "place_id" | "language" | "role" | "volume">;

export interface Part {
  readonly state: "none" | "ready" | "connecting" | "away";
  readonly text: string;
}

export interface Outside {
  readonly model: Part;
  readonly servers: readonly Part[];
}

/** `text` is the hub's own sentence on why not; status 0 stands for a hub that does not answer. */
export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number; readonly text: string };

export const readPhrases = (language: Language): Promise<Told<readonly Phrase[]>> => phrases("GET", language);

export const teachPhrase = (text: string, means: string, language: Language): Promise<Told<readonly Phrase[]>> =>
  phrases("POST", language, { text, means });

export const forgetPhrase = (phrase: Phrase, language: Language): Promise<Told<readonly Phrase[]>> =>
  phrases("DELETE", language, { text: phrase.text, language: phrase.language });

export const readOutside = (language: Language): Promise<Told<Outside>> => ask<Outside>("/api/outside", "GET", language);

export const readDevices = (language: Language): Promise<Told<readonly Device[]>> => devices("", "GET", language);

export const adoptDevice = (id: string, wanted: Adoption, language: Language): Promise<Told<readonly Device[]>> =>
  devices(`/${encodeURIComponent(id)}`, "PUT", language, wanted);

export const forgetDevice = (device: Device, language: Language): Promise<Told<readonly Device[]>> =>
  devices(`/${encodeURIComponent(device.id)}`, "DELETE", language);

async function devices(path: string, method: string, language: Language, body?: object): Promise<Told<readonly Device[]>> {
  const told = await ask<{ devices: readonly Device[] }>(`/api/devices${path}`, method, language, body);
  return told.ok ? { ok: true, value: told.value.devices } : told;
}

async function phrases(method: string, language: Language, body?: object): Promise<Told<readonly Phrase[]>> {
  const told = await ask<{ phrases: readonly Phrase[] }>("/api/phrases", method, language, body);
  return told.ok ? { ok: true, value: told.value.phrases } : told;
}

async function ask<T>(path: string, method: string, language: Language, body?: object): Promise<Told<T>> {
  const headers = { "accept-language": language, ...(body ? { "content-type": "application/json" } : {}) };
  const wanted = { method, headers, cache: "no-store" as const, ...(body ? { body: JSON.stringify(body) } : {}) };
  const answer = await fetch(path, wanted).catch(() => null);
  const said = (await answer?.json().catch(() => null)) as (T & { text?: string }) | null | undefined;
  if (answer?.ok && said) return { ok: true, value: said };
  return { ok: false, status: answer?.status ?? 0, text: typeof said?.text === "string" ? said.text : "" };
}
