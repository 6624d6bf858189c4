/** What all our components share: the language, and the look of ordinary controls. */
import { css, LitElement, type CSSResult } from "lit";
import { property } from "lit/decorators.js";
import { act, type Act } from "./act.ts";
import { words, type Key, type Language } from "./strings/words.ts";

export const common: CSSResult = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { display: block; }
  :host([hidden]) { display: none; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  button, input, select { font: inherit; color: inherit; }
  button {
    min-height: var(--target); min-width: var(--target); border: 0; padding: 0 14px; background: none;
    border-radius: var(--radius-s); cursor: pointer; touch-action: manipulation;
  }
  button:disabled { cursor: default; opacity: 0.5; }
  .quiet { border: 1px solid var(--line-strong); background: none; }
  .quiet:hover { background: color-mix(in oklab, var(--ink) 6%, transparent); }
  .strong { background: var(--seal); color: var(--on-seal); font-weight: 600; }
  :focus-visible { outline: 3px solid var(--seal); outline-offset: 2px; }
  .hidden {
    position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
  input[type="range"] {
    appearance: none; width: 100%; height: var(--target); margin: 0; background: none; cursor: pointer; touch-action: pan-y;
    border-radius: var(--radius-s);
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 6px; border-radius: 3px;
    background: linear-gradient(to right, var(--lamp) var(--share, 0%), color-mix(in oklab, var(--ink) 22%, var(--paper)) var(--share, 0%));
  }
  input[type="range"]::-moz-range-track { height: 6px; border-radius: 3px; background: color-mix(in oklab, var(--ink) 22%, var(--paper)); }
  input[type="range"]::-moz-range-progress { height: 6px; border-radius: 3px; background: var(--lamp); }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none; width: 22px; height: 22px; margin-top: -8px; border-radius: 50%;
    background: var(--paper-raised); border: 2px solid var(--ink);
  }
  input[type="range"]::-moz-range-thumb { width: 18px; height: 18px; border-radius: 50%; background: var(--paper-raised); border: 2px solid var(--ink); }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0.01ms !important; }
  }
`;

export abstract class Piece extends LitElement {
  static override styles: CSSResult | CSSResult[] = common;

  @property() language: Language = "en";

  protected t(key: Key, fields?: Readonly<Record<string, string | number>>): string {
    return words(this.language, key, fields);
  }

  protected act(what: Act): boolean {
    return act(this, what);
  }
}
