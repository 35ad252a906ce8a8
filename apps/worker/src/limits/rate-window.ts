const cellMs = 1_000;
const cells = 60;
/** One cell more than a minute has: the one that the minute cuts through counts whole, so that no minute ever holds more than its limit. */
const slots = cells + 1;

/** Counts what happened in the last minute, by the second. */
export class RateWindow {
  readonly #amounts = new Float64Array(slots);
  /** The second that is being counted now. */
  #cell = 0;
  #sum = 0;

  /** How much has been used in the minute that ends now. */
  used(nowMs: number): number {
    this.#advance(nowMs);
    return this.#sum;
  }

  add(nowMs: number, amount: number): void {
    this.#advance(nowMs);
    this.#put(this.#cell % slots, amount);
  }

  /** Adds what happened at `atMs`, or takes it off where it is negative. What is older than a minute counts no more; what lies ahead counts now. */
  addAt(nowMs: number, atMs: number, amount: number): void {
    this.#advance(nowMs);
    const cell = Math.min(Math.floor(atMs / cellMs), this.#cell);
    if (cell <= this.#cell - slots) return;
    const slot = cell % slots;
    this.#put(slot, Math.max(amount, -(this.#amounts[slot] as number)));
  }

  /** Milliseconds until `amount` more fits under `limit`; 0 when it fits now. At most a minute and a second. */
  waitMs(nowMs: number, limit: number, amount: number): number {
    let excess = this.used(nowMs) + amount - limit;
    if (excess <= 0) return 0;
    let cell = this.#cell - slots;
    while (excess > 0 && cell < this.#cell) excess -= this.#amounts[++cell % slots] as number;
    return (cell + slots) * cellMs - nowMs;
  }

  /** Milliseconds until all of the limit is there again if nothing more is used. */
  emptyInMs(nowMs: number): number {
    this.#advance(nowMs);
    if (this.#sum === 0) return 0;
    let cell = this.#cell;
    while (this.#amounts[cell % slots] === 0) cell--;
    return (cell + slots) * cellMs - nowMs;
  }

  #put(slot: number, amount: number): void {
    this.#amounts[slot] = (this.#amounts[slot] as number) + amount;
    this.#sum += amount;
  }

  #advance(nowMs: number): void {
    const now = Math.floor(nowMs / cellMs);
    if (now <= this.#cell) return;
    if (now - this.#cell >= slots) {
      this.#amounts.fill(0);
      this.#sum = 0;
      this.#cell = now;
      return;
    }
    while (this.#cell < now) {
      this.#cell++;
      const slot = this.#cell % slots;
      this.#sum -= this.#amounts[slot] as number;
      this.#amounts[slot] = 0;
    }
  }
}
