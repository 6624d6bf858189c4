/** `apply(state, what happened, now) -> state`: the only place where the screen's state changes. Pure. */
import type { AnswerText, Card, HeardText, PhaseUpdate, ShowCard, Snapshot, ThingUpdate, ToBrowser } from "../generated/messages.ts";
import { expired, LIST_MS, ringing, standing, withCard, withoutTimer } from "./cards.ts";
import type { CardShown, Local, State, TurnShown } from "./state.ts";
import { zoneOf } from "./time.ts";

export const WISH_MS = 5_000;
export const ANSWER_MS = 45_000;
/** What answers a touch is only glanced at. */
export const GLANCE_MS = 7_000;
/** A touch was answered: its thing has this long to show it. */
const SETTLE_MS = 800;
/** A hub gives up a turn after a minute. */
const THINKING_MS = 65_000;
const TROUBLE_MS = 12_000;
const STOPPED_MAX = 32;
const CARDS_MAX = 4;

export type Happening = ToBrowser | Local;

export function apply(state: State, happening: Happening, now: number): State {
  if ("turn_id" in happening && happening.turn_id !== "" && state.stopped.includes(happening.turn_id)) {
    return happening.type === "phase" && happening.phase === "idle" ? phase(state, happening, now) : state;
  }
  switch (happening.type) {
    case "snapshot":
      return snapshot(state, happening, now);
    case "thing":
      return thing(state, happening);
    case "devices":
      return { ...state, waiting: happening.waiting };
    case "timer_over":
      return { ...state, cards: withoutTimer(state.cards, happening.timer_id) };
    case "phase":
      return phase(state, happening, now);
    case "heard":
      return heard(state, happening, now);
    case "answer":
      return answer(state, happening, now);
    case "card":
      return card(state, happening, now);
    case "stop_turn":
      return stop(state, happening.turn_id);
    case "trouble":
    case "own_trouble":
      return { ...state, wishes: [], trouble: { code: happening.code, text: happening.text, at: now } };
    case "audio_start":
    case "audio_end":
    case "pong":
      return state;
    default:
      return local(state, happening, now);
  }
}

function local(state: State, happening: Local, now: number): State {
  switch (happening.type) {
    case "connection":
      return connection(state, happening.connection);
    case "said":
      return { ...opened(state, "", now), turn: { ...blank("", state, now), heard: happening.text, heardFinal: true } };
    case "wished":
      return wished(state, happening.thingId, happening.name, happening.value, now);
    case "chosen":
      return chosen(state, happening.cardId, happening.choice, now);
    case "put_away":
      return { ...state, cards: state.cards.filter((each) => each.id !== happening.cardId) };
    case "waiting":
      return { ...state, phase: "thinking", phaseAt: now };
    case "silenced":
      return silenced(state);
    case "undoing":
      return { ...state, turn: state.turn && { ...state.turn, undoable: false } };
    case "cleared":
      return { ...state, turn: null, cards: state.cards.filter(standing) };
    case "own_trouble":
      return state;
    case "trouble_read":
      return { ...state, trouble: null };
    case "language":
      return { ...state, language: happening.language };
    case "place":
      return { ...state, placeId: happening.placeId };
    case "tick":
      return tick(state, now);
  }
}

/** A choice in a talk by words is as good as said; on a card that came of a touch it is only marked. */
function chosen(state: State, cardId: string, choice: string, now: number): State {
  const shown = state.cards.find((each) => each.id === cardId);
  const label = shown ? labelOf(shown.card, choice) : "";
  if (label !== "" && state.turn && state.turn.heard !== "") return local(state, { type: "said", text: label }, now);
  const marked = (each: CardShown): CardShown => (each.id === cardId ? { ...each, choice, shownAt: now } : each);
  return { ...state, cards: state.cards.map(marked) };
}

function labelOf(card: Card, choice: string): string {
  if (card.type === "confirm") return choice === "yes" ? card.yes : card.no;
  const lines = card.type === "list" ? card.items : card.type === "text" ? card.choices : [];
  return lines.find((each) => each.value === choice)?.title ?? "";
}

function snapshot(state: State, message: Snapshot, now: number): State {
  return {
    ...state,
    connection: "open",
    language: message.language,
    placeId: message.place_id,
    home: {
      name: message.home_name,
      places: message.places,
      suggestions: message.suggestions,
      wakeWords: message.wake_words,
      speech: message.speech,
      version: message.version,
      deviceId: message.device_id,
      missing: message.missing,
    },
    things: message.things,
    wishes: [],
    trouble: null,
    clockAheadMs: Date.parse(message.now) - now,
    zoneMinutes: zoneOf(message.now) ?? state.zoneMinutes,
    newVersion: state.newVersion || (state.home !== null && state.home.version !== message.version),
  };
}

function thing(state: State, message: ThingUpdate): State {
  const settled = (name: string): boolean => name in message.values;
  return {
    ...state,
    things: state.things.map((each) =>
      each.thing.id === message.thing_id
        ? { ...each, values: { ...each.values, ...message.values }, reachable: message.reachable }
        : each,
    ),
    wishes: state.wishes.filter((wish) => wish.thingId !== message.thing_id || (message.reachable && !settled(wish.name))),
  };
}

function phase(state: State, message: PhaseUpdate, now: number): State {
  if (message.phase === "idle") return idle(state, message.turn_id, now);
  return {
    ...adopted(state, message.turn_id),
    phase: message.phase,
    phaseAt: now,
    current: message.turn_id === "" ? state.current : message.turn_id,
  };
}

/** Only the turn under way, or none, ends: a chime's end is not the end of a talk. */
function idle(state: State, turnId: string, now: number): State {
  if (turnId !== "" && state.current !== "" && turnId !== state.current) return state;
  const unfinished = state.turn !== null && state.turn.id === "" && !state.turn.heardFinal && state.turn.answer === "";
  const turn = unfinished ? null : state.turn && { ...state.turn, touchedAt: now };
  return { ...state, phase: "idle", phaseAt: now, turn };
}

/** Words that had no turn yet are those of the turn that begins now. */
function adopted(state: State, turnId: string): State {
  const { turn } = state;
  return turn && turn.id === "" && turnId !== "" && turn.answer === "" ? { ...state, turn: { ...turn, id: turnId } } : state;
}

function heard(state: State, message: HeardText, now: number): State {
  const next = opened(state, message.turn_id, now);
  const turn = next.turn ?? blank(message.turn_id, state, now);
  return {
    ...next,
    turn: {
      ...turn,
      heard: message.text,
      heardLanguage: message.language,
      heardFinal: message.final,
      touchedAt: now,
    },
  };
}

function answer(state: State, message: AnswerText, now: number): State {
  const next = opened(state, message.turn_id, now);
  const turn = next.turn ?? blank(message.turn_id, state, now);
  return {
    ...next,
    wishes: turn.heard === "" ? next.wishes.map((wish) => ({ ...wish, at: Math.min(wish.at, now - WISH_MS + SETTLE_MS) })) : next.wishes,
    turn: {
      ...turn,
      answer: message.text,
      answerLanguage: message.language,
      expects: message.expects,
      streamed: message.streamed,
      undoable: message.undoable,
      touchedAt: now,
    },
  };
}

function card(state: State, message: ShowCard, now: number): State {
  const shown: CardShown = { id: message.card_id, turnId: message.turn_id, card: message.card, shownAt: now, choice: null };
  const next = standing(shown) || message.turn_id === "" ? state : opened(state, message.turn_id, now);
  return { ...next, cards: withCard(next.cards, shown).slice(-CARDS_MAX) };
}

function stop(state: State, turnId: string): State {
  const ours = turnId === "" || state.current === "" || state.current === turnId;
  return {
    ...state,
    stopped: remembered(state.stopped, [turnId]),
    cards: state.cards.filter((each) => each.turnId !== turnId || !ringing(each)),
    phase: ours ? "idle" : state.phase,
  };
}

/** Stopped by hand: what is shown and what is under way say no more. */
function silenced(state: State): State {
  return { ...state, stopped: remembered(state.stopped, [state.turn?.id ?? "", state.current]), phase: "idle" };
}

function remembered(stopped: readonly string[], ids: readonly string[]): readonly string[] {
  const fresh = ids.filter((id, at) => id !== "" && !stopped.includes(id) && ids.indexOf(id) === at);
  return [...stopped, ...fresh].slice(-STOPPED_MAX);
}

/** The state with `turnId` as its turn: a new one begins empty; one that had no id yet takes the hub's. */
function opened(state: State, turnId: string, now: number): State {
  if (state.turn && state.turn.id === turnId && turnId !== "") return state;
  const next = adopted(state, turnId);
  if (next !== state) return next;
  return {
    ...state,
    trouble: null,
    turn: blank(turnId, state, now),
    cards: state.cards.filter((each) => standing(each) || each.turnId === turnId),
  };
}

function blank(id: string, state: State, now: number): TurnShown {
  return {
    id,
    heard: "",
    heardLanguage: state.language,
    heardFinal: false,
    answer: "",
    answerLanguage: state.language,
    expects: false,
    streamed: false,
    undoable: false,
    touchedAt: now,
  };
}

function connection(state: State, to: State["connection"]): State {
  if (to === "open" || to === state.connection) return { ...state, connection: to };
  return { ...state, connection: to, phase: "idle", wishes: [] };
}

function wished(state: State, thingId: string, name: string, value: State["wishes"][number]["value"], now: number): State {
  const others = state.wishes.filter((wish) => wish.thingId !== thingId || wish.name !== name);
  return { ...state, trouble: null, wishes: [...others, { thingId, name, value, at: now }] };
}

function tick(state: State, now: number): State {
  const wishes = state.wishes.filter((wish) => now - wish.at < WISH_MS);
  const over = state.turn !== null && state.phase === "idle" && now - state.turn.touchedAt > dwell(state.turn, state.cards);
  const cards = state.cards.filter((each) => !expired(each, state.things, now, now + state.clockAheadMs) && (!over || standing(each)));
  const read = state.trouble !== null && now - state.trouble.at > TROUBLE_MS;
  const stuck = state.phase === "thinking" && now - state.phaseAt > THINKING_MS;
  if (wishes.length === state.wishes.length && cards.length === state.cards.length && !over && !read && !stuck) return state;
  return {
    ...state,
    wishes,
    cards,
    turn: over ? null : state.turn,
    trouble: read ? null : state.trouble,
    phase: stuck ? "idle" : state.phase,
  };
}

function dwell(turn: TurnShown, cards: readonly CardShown[]): number {
  if (turn.heard === "" && !turn.expects) return GLANCE_MS;
  return cards.some((each) => each.card.type === "list") ? LIST_MS : ANSWER_MS;
}
