/** The socket to the hub: says hello, comes back by itself, notices a hub that fell silent. */
import type { FromBrowser, Hello, ToBrowser } from "../generated/messages.ts";
import { backoffMs } from "./backoff.ts";
import { readSession, type Session } from "./session.ts";

const PING_MS = 15_000;
const SILENT_MS = 25_000;
const STABLE_MS = 5_000;
/** Close code of a hub that a newer connection of the same device came to. */
const TAKEN_OVER = 4001;
const BACKLOG_BYTES = 262_144;

export interface Listener {
  hello(): Hello;
  message(message: ToBrowser): void;
  sound(frame: ArrayBuffer): void;
  lost(): void;
  /** Another window with our device id took over; coming back is up to the person. */
  takenOver(): void;
  signedOut(session: Session): void;
}

export class Connection {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private heardAt = 0;
  private openedAt = 0;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly listener: Listener;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Connects now, whatever was planned. */
  async connect(): Promise<void> {
    clearTimeout(this.again);
    if (this.socket) return;
    const session = await readSession();
    if (!session) return this.retry();
    if (!session.signed_in) return this.listener.signedOut(session);
    if (this.socket === null) this.dial();
  }

  /** False when there is no hub to take it. */
  send(message: FromBrowser): boolean {
    if (!this.open) return false;
    this.socket?.send(JSON.stringify(message));
    return true;
  }

  /** Sound that the line cannot carry in time is dropped. */
  sendSound(pcm: ArrayBuffer): void {
    if (this.open && (this.socket?.bufferedAmount ?? 0) < BACKLOG_BYTES) this.socket?.send(pcm);
  }

  private dial(): void {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("message", (event: MessageEvent<string | ArrayBuffer>) => this.received(event.data));
    socket.addEventListener("close", (event) => this.closed(socket, event.code));
  }

  private opened(): void {
    this.openedAt = this.heardAt = Date.now();
    this.send(this.listener.hello());
    this.pulse = setInterval(() => this.beat(), PING_MS);
  }

  private received(data: string | ArrayBuffer): void {
    this.heardAt = Date.now();
    if (typeof data !== "string") return this.listener.sound(data);
    this.listener.message(JSON.parse(data) as ToBrowser);
  }

  private beat(): void {
    if (Date.now() - this.heardAt > SILENT_MS && this.socket) {
      const silent = this.socket;
      silent.close();
      this.closed(silent);
      return;
    }
    this.send({ type: "ping" });
  }

  private closed(socket: WebSocket, code = 0): void {
    if (this.socket !== socket) return;
    clearInterval(this.pulse);
    this.socket = null;
    if (this.openedAt > 0 && Date.now() - this.openedAt > STABLE_MS) this.attempt = 0;
    this.openedAt = 0;
    if (code === TAKEN_OVER) this.listener.takenOver();
    else this.retry();
  }

  private retry(): void {
    this.listener.lost();
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.connect(), backoffMs(this.attempt, Math.random()));
    this.attempt += 1;
  }
}
