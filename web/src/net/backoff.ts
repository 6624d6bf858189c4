/** How long to wait before the next try: doubling to a ceiling, half of it by chance so that screens do not come at once. */

const FIRST_MS = 500;
const MOST_MS = 15_000;

export function backoffMs(attempt: number, chance: number): number {
  const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
