/** All that the screen knows. Only `apply` (reduce.ts) makes a new one. */
import type { Card, PhaseUpdate, Place, Suggestion, ThingNow, Value } from "../generated/messages.ts";
import type { Language } from "../strings/words.ts";

export type Phase = PhaseUpdate["phase"];
/** `elsewhere`: another window of this browser took our place. */
export type Connection = "connecting" | "open" | "lost" | "signed_out" | "elsewhere";

export interface Home {
  readonly name: Readonly<Record<string, string>>;
  readonly places: readonly Place[];
  readonly suggestions: readonly Suggestion[];
  readonly wakeWords: readonly string[];
  readonly speech: boolean;
  readonly version: string;
  readonly deviceId: string;
  readonly missing: readonly string[];
}

export interface TurnShown {
  readonly id: string;
  readonly heard: string;
  readonly heardLanguage: Language;
  readonly heardFinal: boolean;
  readonly answer: string;
  readonly answerLanguage: Language;
  readonly expects: boolean;
  /** The answer is told while it is made. */
  readonly streamed: boolean;
  /** What was done can be taken back. */
  readonly undoable: boolean;
  readonly touchedAt: number;
}

export interface CardShown {
  readonly id: string;
  readonly turnId: string;
  readonly card: Card;
  readonly shownAt: number;
  /** What was tapped on it, once it was. */
  readonly choice: string | null;
}

/** A value the person set that the hub has not confirmed yet. */
export interface Wish {
  readonly thingId: string;
  readonly name: string;
  readonly value: Value;
  readonly at: number;
}

export interface TroubleShown {
  readonly code: string;
  readonly text: string;
  readonly at: number;
}

export interface State {
  readonly connection: Connection;
  readonly language: Language;
  readonly placeId: string | null;
  readonly home: Home | null;
  readonly things: readonly ThingNow[];
  readonly wishes: readonly Wish[];
  readonly phase: Phase;
  readonly phaseAt: number;
  /** The turn that the hub last named, whether or not it has said anything. */
  readonly current: string;
  readonly turn: TurnShown | null;
  readonly cards: readonly CardShown[];
  /** Turns whose late output is dropped; the newest last. */
  readonly stopped: readonly string[];
  readonly trouble: TroubleShown | null;
  /** The hub's clock minus ours. */
  readonly clockAheadMs: number;
  /** The home's zone, minutes east of UTC. */
  readonly zoneMinutes: number;
  readonly newVersion: boolean;
  /** New devices that wait to be added; replaced whenever the hub has news of any. */
  readonly waiting: readonly string[];
}

export function initial(language: Language, placeId: string | null, zoneMinutes: number): State {
  return {
    connection: "connecting",
    language,
    placeId,
    home: null,
    things: [],
    wishes: [],
    phase: "idle",
    phaseAt: 0,
    current: "",
    turn: null,
    cards: [],
    stopped: [],
    trouble: null,
    clockAheadMs: 0,
    zoneMinutes,
    newVersion: false,
    waiting: [],
  };
}

/** What happens on this side of the wire. */
export type Local =
  | { readonly type: "connection"; readonly connection: Connection }
  | { readonly type: "said"; readonly text: string }
  | { readonly type: "wished"; readonly thingId: string; readonly name: string; readonly value: Value }
  | { readonly type: "chosen"; readonly cardId: string; readonly choice: string }
  | { readonly type: "put_away"; readonly cardId: string }
  | { readonly type: "waiting" | "silenced" | "undoing" }
  | { readonly type: "cleared" }
  | { readonly type: "own_trouble"; readonly code: string; readonly text: string }
  | { readonly type: "trouble_read" }
  | { readonly type: "language"; readonly language: Language }
  | { readonly type: "place"; readonly placeId: string | null }
  | { readonly type: "tick" };
