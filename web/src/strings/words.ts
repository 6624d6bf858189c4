/** The words of the interface in the language chosen. */
import { en, type Key, type Strings } from "./en.ts";
import { zh } from "./zh.ts";

export type Language = "en" | "zh";
export type { Key, Strings };

const books: Readonly<Record<Language, Strings>> = { en, zh };

/** The text of `key` with its `{fields}` filled in. */
export function words(language: Language, key: Key, fields: Readonly<Record<string, string | number>> = {}): string {
  return books[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
}

/** The proper name in `language`, or in any language there is, or `fallback`; begun with a capital as a heading is. */
export function named(names: Readonly<Record<string, readonly string[]>>, language: Language, fallback: string): string {
  for (const each of [names[language], ...Object.values(names)]) {
    if (each?.[0]) return begun(each[0]);
  }
  return fallback;
}

/** Begun with a capital, as a line of its own is. */
export function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
