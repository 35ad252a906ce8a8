/** Two counts over the last stretch of time, kept in a ring of steps: what is older than the window is forgotten a step at a time. */
export class SlidingCounts {
  readonly #stepMs: number;
  readonly #all: number[];
  readonly #some: number[];
  /** Number of the step that was written last. */
  #step = 0;
  /** Sums over the ring. */
  all = 0;
  some = 0;

  constructor(windowMs: number, steps: number) {
    this.#stepMs = windowMs / steps;
    this.#all = new Array<number>(steps).fill(0);
    this.#some = new Array<number>(steps).fill(0);
  }

  /** Counts one more, and whether it is one of the special kind. */
  add(nowMs: number, all: number, some: number): void {
    this.roll(nowMs);
    const at = this.#step % this.#all.length;
    this.#all[at] = (this.#all[at] ?? 0) + all;
    this.#some[at] = (this.#some[at] ?? 0) + some;
    this.all += all;
    this.some += some;
  }

  /** Forgets what has become too old by now. */
  roll(nowMs: number): void {
    const step = Math.floor(nowMs / this.#stepMs);
    if (step <= this.#step) return;
    const steps = this.#all.length;
    for (let old = Math.max(this.#step + 1, step - steps + 1); old <= step; old++) {
      const at = old % steps;
      this.all -= this.#all[at] ?? 0;
      this.some -= this.#some[at] ?? 0;
      this.#all[at] = 0;
      this.#some[at] = 0;
    }
    this.#step = step;
  }

  clear(): void {
    this.#all.fill(0);
    this.#some.fill(0);
    this.all = 0;
    this.some = 0;
  }
}
