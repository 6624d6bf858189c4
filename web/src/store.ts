/** Holds the one state and tells who watches. */
import { apply, type Happening } from "./state/reduce.ts";
import type { State } from "./state/state.ts";

export class Store {
  private readonly watchers = new Set<(state: State) => void>();
  private now: State;

  constructor(first: State) {
    this.now = first;
  }

  get state(): State {
    return this.now;
  }

  tell(happening: Happening): void {
    const next = apply(this.now, happening, Date.now());
    if (next === this.now) return;
    this.now = next;
    this.watchers.forEach((watcher) => watcher(next));
  }

  watch(watcher: (state: State) => void): void {
    this.watchers.add(watcher);
  }
}
