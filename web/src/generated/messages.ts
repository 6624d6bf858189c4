// Made from src/jingling/screen/messages.py by `python -m jingling.screen.typescript`; edit there.

export type Value = boolean | number | string | null;

/**
 * Something a thing does when asked; `inputs` are described as properties are.
 */
export interface Action {
  readonly inputs: Readonly<Record<string, Property>>;
}

/**
 * Set property `name` to `value`, or start action `name` (value null).
 */
export interface Adjust {
  readonly type: "adjust";
  readonly thing_id: string;
  readonly name: string;
  readonly value?: Value;
  readonly request_id?: string;
}

/**
 * All of the answer so far. `streamed`: more of it may follow. `undoable`: what this turn did can be taken
 * back, by a tap whose choice is "undo" (撤销).
 */
export interface AnswerText {
  readonly type: "answer";
  readonly turn_id: string;
  readonly text: string;
  readonly language: "en" | "zh";
  readonly expects: boolean;
  readonly streamed: boolean;
  readonly undoable: boolean;
}

export interface AudioEnd {
  readonly type: "audio_end";
  readonly turn_id: string;
  readonly stream: number;
}

export interface AudioStart {
  readonly type: "audio_start";
  readonly turn_id: string;
  readonly stream: number;
  readonly rate_hz: number;
}

/**
 * The person changed the language or the screen's place; or the microphone, once open, turned out to take its
 * own echo away, or not to.
 */
export interface Change {
  readonly type: "change";
  readonly language?: "en" | "zh" | null;
  readonly place_id?: string | null;
  readonly cancels_echo?: boolean | null;
}

export interface ChartCard {
  readonly type: "chart";
  readonly title: string;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
}

/**
 * A line that can be tapped or said by its number; `value` comes back in `Tapped`.
 */
export interface Choice {
  readonly title: string;
  readonly value: string;
  readonly subtitle: string;
  readonly picture: string;
}

/**
 * A moment, ISO 8601 with offset, as large as the screen allows.
 */
export interface ClockCard {
  readonly type: "clock";
  readonly at: string;
  readonly show: string;
}

/**
 * A question that waits for yes or no.
 */
export interface ConfirmCard {
  readonly type: "confirm";
  readonly question: string;
  readonly yes: string;
  readonly no: string;
}

/**
 * A device has shown up, changed or left. `waiting` are the names of new ones that nobody has adopted.
 */
export interface DeviceNews {
  readonly type: "devices";
  readonly waiting: readonly string[];
}

export interface EndListening {
  readonly type: "listen_end";
}

export interface HeardText {
  readonly type: "heard";
  readonly turn_id: string;
  readonly text: string;
  readonly language: "en" | "zh";
  readonly final: boolean;
}

/**
 * First frame. `device_id` is made and kept by the browser; `place_id` is where the screen stands.
 * `capabilities` as in core.endpoint.
 */
export interface Hello {
  readonly type: "hello";
  readonly device_id: string;
  readonly language: "en" | "zh";
  readonly place_id?: string | null;
  readonly capabilities?: readonly string[];
}

/**
 * A numbered list: "number three".
 */
export interface ListCard {
  readonly type: "list";
  readonly title: string;
  readonly items: readonly Choice[];
}

/**
 * An order being made by a thing, followed live through the thing's state.
 */
export interface OrderCard {
  readonly type: "order";
  readonly title: string;
  readonly lines: readonly OrderLine[];
  readonly thing_id: string;
}

export interface OrderLine {
  readonly label: string;
  readonly value: string;
}

/**
 * idle · listening · thinking · speaking.
 */
export interface PhaseUpdate {
  readonly type: "phase";
  readonly turn_id: string;
  readonly phase: "idle" | "listening" | "speaking" | "thinking";
}

export interface Ping {
  readonly type: "ping";
}

/**
 * A room, balcony or other named part of a home.
 */
export interface Place {
  readonly id: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly floor: string;
}

export interface Pong {
  readonly type: "pong";
}

/**
 * One readable (and perhaps writable) value of a thing.
 *
 * `unit` is as written on a screen ("°C", "%", "lx"); `choices` closes a string's values.
 */
export interface Property {
  readonly kind: "boolean" | "color" | "integer" | "number" | "string";
  readonly writable: boolean;
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly choices: readonly string[];
}

export interface SayText {
  readonly type: "text";
  readonly text: string;
  readonly request_id?: string;
}

/**
 * `card_id` comes back in `tap`. A card of the same id replaces the one before.
 */
export interface ShowCard {
  readonly type: "card";
  readonly turn_id: string;
  readonly card_id: string;
  readonly card: TextCard | ListCard | ThingsCard | TimerCard | ConfirmCard | OrderCard | ClockCard | ChartCard;
}

/**
 * Everything a screen needs; sent after hello, after `change`, and after a home changed.
 *
 * `missing` are plain sentences on what this hub lacks ("no microphone recogniser for Mandarin yet").
 */
export interface Snapshot {
  readonly type: "snapshot";
  readonly home_name: Readonly<Record<string, string>>;
  readonly language: "en" | "zh";
  readonly device_id: string;
  readonly place_id: string | null;
  readonly places: readonly Place[];
  readonly things: readonly ThingNow[];
  readonly suggestions: readonly Suggestion[];
  readonly wake_words: readonly string[];
  readonly speech: boolean;
  readonly version: string;
  readonly now: string;
  readonly missing: readonly string[];
}

/**
 * Modes as in core.endpoint: wake, open, hold. Replaces a listening that is under way. `woken` is the wake word
 * that the device heard by itself.
 */
export interface StartListening {
  readonly type: "listen";
  readonly mode: "hold" | "open" | "wake";
  readonly woken?: string;
}

/**
 * Silence now; with the reason `dismiss` also what rings under a spoken answer.
 */
export interface Stop {
  readonly type: "stop";
  readonly reason?: string;
}

/**
 * Silence, and drop what still comes of this turn.
 */
export interface StopTurn {
  readonly type: "stop_turn";
  readonly turn_id: string;
}

/**
 * Something that can be said now.
 */
export interface Suggestion {
  readonly text: string;
  readonly skill: string;
}

/**
 * `choice` of the card `card_id`; a confirm card brings yes or no.
 */
export interface Tap {
  readonly type: "tap";
  readonly choice: string;
  readonly card_id?: string;
  readonly request_id?: string;
}

export interface TextCard {
  readonly type: "text";
  readonly title: string;
  readonly body: string;
  readonly choices: readonly Choice[];
}

/**
 * `names[language]` holds the first, proper name and then aliases.
 *
 * `device_class` refines the type in Home Assistant's words (curtain, blind, door, temperature, …).
 */
export interface Thing {
  readonly id: string;
  readonly type: "climate" | "coffee_machine" | "cover" | "fan" | "light" | "lock" | "media_player" | "sensor" | "switch" | "vacuum";
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly place_id: string | null;
  readonly device_class: string;
  readonly properties: Readonly<Record<string, Property>>;
  readonly actions: Readonly<Record<string, Action>>;
  readonly events: readonly string[];
}

export interface ThingNow {
  readonly thing: Thing;
  readonly values: Readonly<Record<string, Value>>;
  readonly reachable: boolean;
}

/**
 * Only the values that changed.
 */
export interface ThingUpdate {
  readonly type: "thing";
  readonly thing_id: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly reachable: boolean;
}

/**
 * Things whose live state the screen already follows.
 */
export interface ThingsCard {
  readonly type: "things";
  readonly title: string;
  readonly thing_ids: readonly string[];
}

export interface TimerCard {
  readonly type: "timer";
  readonly title: string;
  readonly timers: readonly TimerLine[];
}

/**
 * `due_at` is ISO 8601 with offset; a paused timer has `remaining_s` instead of running on.
 */
export interface TimerLine {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly due_at: string;
  readonly state: string;
  readonly total_s: number;
  readonly remaining_s: number | null;
}

/**
 * A timer, alarm or reminder that was cancelled or dismissed.
 */
export interface TimerOver {
  readonly type: "timer_over";
  readonly timer_id: string;
}

/**
 * Something went wrong: `code` for programs, `text` for the person, in the screen's language.
 */
export interface Trouble {
  readonly type: "trouble";
  readonly code: string;
  readonly text: string;
}

export type FromBrowser =
  | Adjust
  | Change
  | EndListening
  | Hello
  | Ping
  | SayText
  | StartListening
  | Stop
  | Tap;

export type ToBrowser =
  | AnswerText
  | AudioEnd
  | AudioStart
  | DeviceNews
  | HeardText
  | PhaseUpdate
  | Pong
  | ShowCard
  | Snapshot
  | StopTurn
  | ThingUpdate
  | TimerOver
  | Trouble;

export type Card =
  | ChartCard
  | ClockCard
  | ConfirmCard
  | ListCard
  | OrderCard
  | TextCard
  | ThingsCard
  | TimerCard;
