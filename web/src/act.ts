/** What a person does on the screen, sent up from any component to the one place that answers it. */
import type { Value } from "./generated/messages.ts";
import type { Theme } from "./keep.ts";
import type { Language } from "./strings/words.ts";

export type Act =
  | { readonly do: "say"; readonly text: string }
  | { readonly do: "adjust"; readonly thingId: string; readonly name: string; readonly value: Value }
  | { readonly do: "start"; readonly thingId: string; readonly action: string }
  | { readonly do: "tap"; readonly cardId: string; readonly choice: string }
  | { readonly do: "put-away"; readonly cardId: string }
  | { readonly do: "stop"; readonly reason: string }
  | { readonly do: "press" | "release" | "talk" | "escape" | "clear" | "retry" | "read" | "reload" | "unlock" | "undo" }
  | { readonly do: "wake"; readonly on: boolean }
  | { readonly do: "language"; readonly language: Language }
  | { readonly do: "place"; readonly placeId: string | null }
  | { readonly do: "theme"; readonly theme: Theme }
  | { readonly do: "volume"; readonly volume: number }
  | { readonly do: "settings"; readonly open: boolean }
  | { readonly do: "more"; readonly thingId: string | null }
  | { readonly do: "signed-in" };

export const ACT = "jingling-act";

/** False when it could not be done now (the hub is gone). */
export function act(from: EventTarget, what: Act): boolean {
  return from.dispatchEvent(new CustomEvent<Act>(ACT, { detail: what, bubbles: true, composed: true, cancelable: true }));
}
