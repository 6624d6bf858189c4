/** `apply(state, what happened, now) -> state`: the only place where the screen's state changes. Pure. */
import type { AnswerText, HeardText, PhaseUpdate, ShowCard, Snapshot, ThingUpdate, ToBrowser } from "../generated/messages.ts";
import { expired, standing } from "./cards.ts";
import type { CardShown, Local, State, TurnShown } from "./state.ts";
import { zoneOf } from "./time.ts";

export const WISH_MS = 5_000;
export const ANSWER_MS = 45_000;
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
      return {
        ...state,
        cards: state.cards.map((each) =>
          each.id === happening.cardId ? { ...each, choice: happening.choice, shownAt: now } : each,
        ),
      };
    case "put_away":
      return { ...state, cards: state.cards.filter((each) => each.id !== happening.cardId) };
    case "silenced":
      return stop(state, state.turn?.id ?? "");
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
  if (message.phase === "idle" || message.phase === "listening") return { ...state, phase: message.phase, turn: touched(state.turn, now) };
  return { ...opened(state, message.turn_id, now), phase: message.phase };
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
    turn: {
      ...turn,
      answer: message.text,
      answerLanguage: message.language,
      expects: message.expects,
      touchedAt: now,
    },
  };
}

function card(state: State, message: ShowCard, now: number): State {
  const next = message.turn_id === "" ? state : opened(state, message.turn_id, now);
  const shown: CardShown = { id: message.card_id, turnId: message.turn_id, card: message.card, shownAt: now, choice: null };
  const at = next.cards.findIndex((each) => each.id === shown.id);
  const cards = at < 0 ? [...next.cards, shown] : next.cards.with(at, shown);
  return { ...next, cards: cards.slice(-CARDS_MAX) };
}

function stop(state: State, turnId: string): State {
  const ours = state.turn === null || state.turn.id === turnId || turnId === "";
  const stopped = turnId === "" || state.stopped.includes(turnId) ? state.stopped : [...state.stopped, turnId].slice(-STOPPED_MAX);
  return { ...state, stopped, phase: ours ? "idle" : state.phase };
}

/** The state with `turnId` as its turn: a new one begins empty; one typed here (id "") takes the hub's id. */
function opened(state: State, turnId: string, now: number): State {
  const { turn } = state;
  if (turn && turn.id === turnId && turnId !== "") return state;
  if (turn && turn.id === "" && turnId !== "" && turn.answer === "") return { ...state, turn: { ...turn, id: turnId } };
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
    touchedAt: now,
  };
}

function touched(turn: TurnShown | null, now: number): TurnShown | null {
  return turn && { ...turn, touchedAt: now };
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
  const cards = state.cards.filter((each) => !expired(each, state.things, now, now + state.clockAheadMs));
  const over = state.turn !== null && state.phase === "idle" && now - state.turn.touchedAt > ANSWER_MS;
  const read = state.trouble !== null && now - state.trouble.at > TROUBLE_MS;
  if (wishes.length === state.wishes.length && cards.length === state.cards.length && !over && !read) return state;
  return { ...state, wishes, cards, turn: over ? null : state.turn, trouble: read ? null : state.trouble };
}
