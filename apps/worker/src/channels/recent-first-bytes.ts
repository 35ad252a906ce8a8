import { firstByteQuantile, firstByteStep, firstByteSteps } from '@ai-bridge/usage';

/** Times are kept for this long at least, and twice as long at most. */
const keepMs = 60_000;

/** How soon a channel's answers began lately. */
export class RecentFirstBytes {
  #now = new Array<number>(firstByteSteps).fill(0);
  #before = new Array<number>(firstByteSteps).fill(0);
  #sinceMs = 0;

  add(nowMs: number, firstByteMs: number): void {
    this.#turn(nowMs);
    const step = firstByteStep(firstByteMs);
    this.#now[step] = (this.#now[step] ?? 0) + 1;
  }

  /** Undefined where nothing began lately. */
  quantile(nowMs: number, share: number): number | undefined {
    this.#turn(nowMs);
    return firstByteQuantile(
      this.#now.map((count, step) => count + (this.#before[step] ?? 0)),
      share,
    );
  }

  #turn(nowMs: number): void {
    const ageMs = nowMs - this.#sinceMs;
    if (ageMs < keepMs) return;
    [this.#now, this.#before] = [this.#before, this.#now];
    this.#now.fill(0);
    if (ageMs >= 2 * keepMs) this.#before.fill(0);
    this.#sinceMs = nowMs;
  }
}
