/** The microphone: opened when asked, closed when nobody used it for a while, and clear about why it is not there. */
import captureUrl from "./capture.worklet.ts?worker&url";
import { soundContext, unlockSound } from "./sound.ts";

export type MicState = "off" | "asking" | "on" | "refused" | "absent" | "insecure" | "failed";

const IDLE_MS = 15_000;

export class Microphone {
  state: MicState = "off";
  level = 0;
  /** What comes out of the loudspeaker is taken out of what comes in; known once it was open. */
  cancelsEcho = false;
  onchange: () => void = () => undefined;
  onframe: (pcm: ArrayBuffer) => void = () => undefined;
  private stream: MediaStream | null = null;
  private nodes: AudioNode[] = [];
  private opening: Promise<boolean> | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private module: Promise<void> | null = null;

  /** True once sound comes in; otherwise `state` says what is wrong. */
  open(): Promise<boolean> {
    clearTimeout(this.idle);
    if (this.stream) return Promise.resolve(true);
    this.opening ??= this.start().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /** Closes it soon, unless it is asked for again. */
  release(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.close(), IDLE_MS);
  }

  close(): void {
    clearTimeout(this.idle);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.nodes.forEach((node) => node.disconnect());
    this.stream = null;
    this.nodes = [];
    this.level = 0;
    if (this.state === "on") this.become("off");
  }

  private async start(): Promise<boolean> {
    // Only secure pages have mediaDevices at all.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!window.isSecureContext || !devices) return this.become("insecure");
    this.become("asking");
    try {
      // Only the echo is taken away: gain control clips the first words and noise suppression thins them while both
      // still learn the room, and the hub hears loud and soft voices alike.
      this.stream = await devices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: false, autoGainControl: false },
      });
      this.cancelsEcho = Boolean(this.stream.getAudioTracks()[0]?.getSettings().echoCancellation);
      await this.connect(this.stream);
      return this.become("on");
    } catch (error) {
      this.close();
      return this.become(cause(error));
    }
  }

  private async connect(stream: MediaStream): Promise<void> {
    const context = soundContext();
    void unlockSound();
    this.module ??= context.audioWorklet.addModule(captureUrl);
    await this.module;
    const source = context.createMediaStreamSource(stream);
    const capture = new AudioWorkletNode(context, "jingling-capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    capture.port.addEventListener("message", (event: MessageEvent<{ pcm: ArrayBuffer; level: number }>) => {
      this.level = event.data.level;
      this.onframe(event.data.pcm);
    });
    capture.port.start();
    source.connect(capture);
    this.nodes = [source, capture];
    stream.getAudioTracks()[0]?.addEventListener("ended", () => {
      this.close();
      this.become("absent");
    });
  }

  private become(state: MicState): boolean {
    this.state = state;
    this.onchange();
    return state === "on";
  }
}

function cause(error: unknown): MicState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "absent";
  return "failed";
}
