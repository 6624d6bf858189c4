/** Times as a home shows them. Pure: `now` always comes in. */
import type { TimerLine } from "../generated/messages.ts";
import type { Language } from "../strings/words.ts";

/** Minutes east of UTC of an ISO 8601 time; null when it names no offset. */
export function zoneOf(iso: string): number | null {
  if (/z$/i.test(iso)) return 0;
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  if (!found) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -minutes : minutes;
}

/** "9:05" at `at` (ms) in a zone. */
export function clock(at: number, zoneMinutes: number): string {
  const there = new Date(at + zoneMinutes * 60_000);
  return `${there.getUTCHours()}:${String(there.getUTCMinutes()).padStart(2, "0")}`;
}

/** "Sunday, 22 November" or 11月22日 星期日. */
export function day(at: number, zoneMinutes: number, language: Language): string {
  const there = new Date(at + zoneMinutes * 60_000);
  const style: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  if (language === "en") return new Intl.DateTimeFormat("en-GB", style).format(there).replace(/^(\w+) /, "$1, ");
  const weekday = new Intl.DateTimeFormat("zh-CN", { weekday: "long", timeZone: "UTC" }).format(there);
  return `${there.getUTCMonth() + 1}月${there.getUTCDate()}日 ${weekday}`;
}

/** Seconds as "4:05" or "1:04:05"; begun seconds count whole, so that 0:00 is the end. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Seconds left of a timer, never negative. */
export function leftSeconds(timer: TimerLine, hubNow: number): number {
  if (timer.remaining_s !== null) return Math.max(0, timer.remaining_s);
  return Math.max(0, (Date.parse(timer.due_at) - hubNow) / 1000);
}

/** What is left of a timer's whole length, 0…1. */
export function leftShare(timer: TimerLine, hubNow: number): number {
  if (timer.total_s <= 0) return 0;
  return Math.min(1, leftSeconds(timer, hubNow) / timer.total_s);
}
