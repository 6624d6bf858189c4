/** Changes the rate of a running sound with a windowed sinc, seamless from one piece to the next. Pure. */

const LOBES = 12;
const STEPS = 256;

export class Resampler {
  private readonly ratio: number;
  private readonly reach: number;
  private readonly kernel: Float32Array;
  private held: Float32Array;
  /** Where the next output sample lies, in samples of `held`. */
  private at: number;

  constructor(fromHz: number, toHz: number) {
    this.ratio = fromHz / toHz;
    const cutoff = Math.min(1, toHz / fromHz) * (fromHz === toHz ? 1 : 0.95);
    this.reach = Math.ceil(LOBES / cutoff);
    this.kernel = kernel(cutoff, this.reach);
    this.held = new Float32Array(this.reach);
    this.at = this.reach;
  }

  /** What can be given out now that `input` is known; the rest comes with the next piece. */
  push(input: Float32Array): Float32Array {
    const all = new Float32Array(this.held.length + input.length);
    all.set(this.held);
    all.set(input, this.held.length);
    const count = Math.max(0, Math.ceil((all.length - this.reach - this.at) / this.ratio));
    const output = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      output[index] = this.sample(all, this.at);
      this.at += this.ratio;
    }
    const spent = Math.max(0, Math.floor(this.at) - this.reach);
    this.held = all.slice(spent);
    this.at -= spent;
    return output;
  }

  private sample(all: Float32Array, at: number): number {
    const first = Math.max(0, Math.ceil(at - this.reach));
    const last = Math.min(all.length - 1, Math.floor(at + this.reach));
    let sum = 0;
    for (let index = first; index <= last; index += 1) {
      sum += (all[index] ?? 0) * (this.kernel[Math.round(Math.abs(index - at) * STEPS)] ?? 0);
    }
    return sum;
  }
}

/** Half of a Hann-windowed sinc, from its middle outward, `STEPS` a sample. */
function kernel(cutoff: number, reach: number): Float32Array {
  const table = new Float32Array(reach * STEPS + 1);
  for (let index = 0; index < table.length; index += 1) {
    const distance = index / STEPS;
    const angle = Math.PI * distance * cutoff;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    table[index] = cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
  }
  return table;
}
