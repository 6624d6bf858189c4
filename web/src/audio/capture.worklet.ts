/** Runs on the sound thread: the microphone's sound as 16 kHz 16-bit frames of 40 ms, each with its loudness. */
import { encodePcm, Framer, loudness } from "./pcm.ts";
import { Resampler } from "./resampler.ts";

declare const sampleRate: number;
declare function registerProcessor(name: string, maker: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const RATE_HZ = 16_000;
const FRAME_SAMPLES = 640;

class Capture extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate, RATE_HZ);
  private readonly framer = new Framer(FRAME_SAMPLES);

  process(inputs: Float32Array[][]): boolean {
    const sound = inputs[0]?.[0];
    if (!sound) return true;
    for (const frame of this.framer.push(this.resampler.push(sound))) {
      const pcm = encodePcm(frame);
      this.port.postMessage({ pcm, level: loudness(frame) }, [pcm]);
    }
    return true;
  }
}

registerProcessor("jingling-capture", Capture);
