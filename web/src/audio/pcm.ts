/** Sound on the wire, as src/jingling/screen/messages.py says. Pure. */

export interface SoundFrame {
  readonly stream: number;
  readonly samples: Float32Array;
}

/** A binary frame from the hub: little-endian u32 stream number, then 16-bit PCM; null when it is too short. */
export function decodeSound(frame: ArrayBuffer): SoundFrame | null {
  if (frame.byteLength < 4) return null;
  const view = new DataView(frame);
  const samples = new Float32Array((frame.byteLength - 4) >> 1);
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = view.getInt16(4 + 2 * index, true) / 32768;
  }
  return { stream: view.getUint32(0, true), samples };
}

/** Samples of −1…1 as 16-bit little-endian PCM; louder ones are clipped. */
export function encodePcm(samples: Float32Array): ArrayBuffer {
  const frame = new ArrayBuffer(samples.length * 2);
  const view = new DataView(frame);
  samples.forEach((sample, index) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(2 * index, Math.round(clipped * (clipped < 0 ? 32768 : 32767)), true);
  });
  return frame;
}

/** How loud it is as an eye expects it, 0…1: −60 dB and below is 0, −10 dB and above is 1. */
export function loudness(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}

/** Cuts a running sound into pieces of one size. */
export class Framer {
  private held: Float32Array = new Float32Array(0);
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  push(samples: Float32Array): Float32Array[] {
    const all = new Float32Array(this.held.length + samples.length);
    all.set(this.held);
    all.set(samples, this.held.length);
    const frames: Float32Array[] = [];
    let at = 0;
    for (; at + this.size <= all.length; at += this.size) frames.push(all.slice(at, at + this.size));
    this.held = all.slice(at);
    return frames;
  }
}
