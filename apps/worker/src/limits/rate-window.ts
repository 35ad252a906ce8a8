const windowMs = 60_000;

/**
 * Counts what happened in the last minute with two fixed cells: the current one, and the previous one weighted by how
 * much of it still lies within the minute. Never allows more than the limit in any minute by more than a rounding.
 */
export class RateWindow {
  #cell = 0;
  #current = 0;
  #previous = 0;

  /** How much has been used in the minute that ends now. */
  used(nowMs: number): number {
    this.#advance(nowMs);
    const share = 1 - (nowMs % windowMs) / windowMs;
    return this.#current + this.#previous * share;
  }

  add(nowMs: number, amount: number): void {
    this.#advance(nowMs);
    this.#current = Math.max(0, this.#current + amount);
  }

  /** Milliseconds until `amount` more fits under `limit`; 0 when it fits now. At most two minutes. */
  waitMs(nowMs: number, limit: number, amount: number): number {
    if (this.used(nowMs) + amount <= limit) return 0;
    const endOfCell = windowMs - (nowMs % windowMs);
    const room = limit - amount - this.#current;
    if (room >= 0 && this.#previous > 0) {
      const shareNeeded = room / this.#previous;
      return Math.max(1, Math.ceil((1 - shareNeeded) * windowMs - (nowMs % windowMs)));
    }
    const shareLater = this.#current > 0 ? Math.max(0, limit - amount) / this.#current : 1;
    return Math.ceil(endOfCell + (1 - Math.min(1, shareLater)) * windowMs);
  }

  #advance(nowMs: number): void {
    const cell = Math.floor(nowMs / windowMs);
    if (cell === this.#cell) return;
    this.#previous = cell === this.#cell + 1 ? this.#current : 0;
    this.#current = 0;
    this.#cell = cell;
  }
}
