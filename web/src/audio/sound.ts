/** The one AudioContext of the page; browsers let it sound only after a touch or a key. */

let context: AudioContext | null = null;
const listeners = new Set<() => void>();

export function soundContext(): AudioContext {
  if (!context) {
    context = new AudioContext({ latencyHint: "interactive" });
    context.addEventListener("statechange", () => listeners.forEach((each) => each()));
  }
  return context;
}

/** To be called from a gesture; does no harm elsewhere. */
export async function unlockSound(): Promise<void> {
  if (typeof AudioContext === "undefined") return;
  const sound = soundContext();
  if (sound.state !== "running") await sound.resume().catch(() => undefined);
}

export function soundLocked(): boolean {
  return context !== null && context.state !== "running";
}

export function onSoundChange(listener: () => void): void {
  listeners.add(listener);
}
