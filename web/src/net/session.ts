/** Signing in and pairing over HTTP. */

export interface Session {
  readonly signed_in: boolean;
  readonly needs_password: boolean;
  readonly first_start: boolean;
  readonly lan: boolean;
  /** Whether the first password can be set here without the code that the hub's terminal shows. */
  readonly at_hub?: boolean;
}

export interface PairCode {
  readonly code: string;
  readonly expires_s: number;
}

export type Answer = { readonly ok: true } | { readonly ok: false; readonly status: number; readonly text: string };

/** Null when the hub does not answer. */
export async function readSession(): Promise<Session | null> {
  const answer = await fetch("/api/session", { cache: "no-store" }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Session) : null;
}

export function signIn(password: string): Promise<Answer> {
  return post("/api/sign-in", { password });
}

/** Sets the first password. */
export function choosePassword(password: string, setupCode: string): Promise<Answer> {
  return post("/api/password", setupCode === "" ? { password } : { password, setup_code: setupCode });
}

export function pair(code: string): Promise<Answer> {
  return post("/api/pair", { code: code.replace(/[\s-]/g, "") });
}

/** What whoever uses the other screen may do; a child's or a guest's cannot open locks. */
export type Role = "adult" | "child" | "guest";

export async function askPairCode(role: Role): Promise<PairCode | null> {
  const answer = await fetch("/api/pair-code", request({ role })).catch(() => null);
  return answer?.ok ? ((await answer.json()) as PairCode) : null;
}

/** Status 0 stands for a hub that does not answer. */
async function post(path: string, body: object): Promise<Answer> {
  const answer = await fetch(path, request(body)).catch(() => null);
  if (!answer) return { ok: false, status: 0, text: "" };
  if (answer.ok) return { ok: true };
  return { ok: false, status: answer.status, text: await problem(answer) };
}

async function problem(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const text = body["text"] ?? body["detail"] ?? body["message"];
  return typeof text === "string" ? text : "";
}

function request(body: object): RequestInit {
  return {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
