/** What this browser remembers; a browser that forbids it just forgets. */
import type { Language } from "./strings/words.ts";

export type Theme = "auto" | "light" | "dark";

export interface Kept {
  readonly deviceId: string;
  readonly language: Language;
  readonly placeId: string | null;
  readonly theme: Theme;
  readonly wake: boolean;
  readonly volume: number;
  /** The microphone was found to take its own echo away. */
  readonly cancelsEcho: boolean;
}

const NAME = "jingling";

export function recall(): Kept {
  const kept = read();
  return {
    deviceId: typeof kept.deviceId === "string" ? kept.deviceId : newId(),
    language: kept.language ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"),
    placeId: kept.placeId ?? null,
    theme: kept.theme ?? "auto",
    wake: kept.wake ?? false,
    volume: kept.volume ?? 1,
    cancelsEcho: kept.cancelsEcho ?? false,
  };
}

export function keep(kept: Kept): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** Hexadecimal; crypto.randomUUID is missing on insecure pages. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(): Partial<Kept> {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}") as Partial<Kept>;
  } catch {
    return {};
  }
}
