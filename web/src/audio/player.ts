/** Plays the hub's streams one after another and falls silent at once when told. */
import { loudness } from "./pcm.ts";
import { Resampler } from "./resampler.ts";
import { soundContext } from "./sound.ts";

/** How long the first piece waits for the next: the hub sends a second of sound at once. */
const LEAD_S = 0.012;
/** After a gap the line is slow, so that more is gathered first. */
const LATE_LEAD_S = 0.08;
const DUCKED = 0.15;
const FADE_S = 0.015;

export class Player {
  private readonly streams = new Map<number, Resampler>();
  private readonly sources = new Set<AudioBufferSourceNode>();
  private output: GainNode | null = null;
  private analyser: AnalyserNode | null = null;
  private until = 0;
  /** Something of a stream that has not ended was played. */
  private flowing = false;
  private volume = 1;
  private ducked = false;
  /** Called when sound begins and when the last of it was heard. */
  onchange: () => void = () => undefined;

  get playing(): boolean {
    return this.sources.size > 0;
  }

  setVolume(volume: number): void {
    this.volume = volume;
    this.turn();
  }

  /** Soft while somebody speaks. */
  duck(ducked: boolean): void {
    if (ducked === this.ducked) return;
    this.ducked = ducked;
    this.turn();
  }

  start(stream: number, rateHz: number): void {
    this.streams.set(stream, new Resampler(rateHz, soundContext().sampleRate));
  }

  /** Sound of a stream that never started, or was silenced, is dropped. */
  push(stream: number, samples: Float32Array): void {
    const known = this.streams.get(stream);
    if (!known || samples.length === 0) return;
    this.schedule(known.push(samples));
  }

  end(stream: number): void {
    const known = this.streams.get(stream);
    if (!known) return;
    this.schedule(known.push(new Float32Array(256)));
    this.streams.delete(stream);
    this.flowing = this.streams.size > 0;
  }

  /** Silence now. What still comes of the streams under way is dropped. */
  silence(): void {
    this.streams.clear();
    this.flowing = false;
    const { output } = this;
    this.output = null;
    this.until = 0;
    if (!output) return;
    const now = soundContext().currentTime;
    output.gain.cancelScheduledValues(now);
    output.gain.setValueAtTime(output.gain.value, now);
    output.gain.linearRampToValueAtTime(0, now + FADE_S);
    const sources = [...this.sources];
    this.sources.clear();
    sources.forEach((source) => source.stop(now + FADE_S));
    this.onchange();
  }

  /** How loud what is heard now is, 0…1. */
  level(): number {
    if (!this.analyser || !this.playing) return 0;
    const samples = new Float32Array(this.analyser.fftSize);
    this.analyser.getFloatTimeDomainData(samples);
    return loudness(samples);
  }

  private schedule(samples: Float32Array): void {
    const context = soundContext();
    // A browser that waits for a touch would play all of it later, out of its time.
    if (samples.length === 0 || context.state !== "running") return;
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(this.out(context));
    source.addEventListener("ended", () => this.ended(source));
    const lead = this.until > 0 && this.sources.size === 0 && this.flowing ? LATE_LEAD_S : LEAD_S;
    this.until = Math.max(this.until, context.currentTime + lead);
    this.flowing = true;
    source.start(this.until);
    this.until += buffer.duration;
    const first = this.sources.size === 0;
    this.sources.add(source);
    if (first) this.onchange();
  }

  private loudness(): number {
    return this.ducked ? this.volume * DUCKED : this.volume;
  }

  private turn(): void {
    this.output?.gain.setTargetAtTime(this.loudness(), soundContext().currentTime, FADE_S / 3);
  }

  private ended(source: AudioBufferSourceNode): void {
    if (this.sources.delete(source) && this.sources.size === 0) this.onchange();
  }

  private out(context: AudioContext): GainNode {
    if (!this.analyser) {
      this.analyser = new AnalyserNode(context, { fftSize: 1024 });
      this.analyser.connect(context.destination);
    }
    if (!this.output) {
      this.output = new GainNode(context, { gain: this.loudness() });
      this.output.connect(this.analyser);
    }
    return this.output;
  }
}
