import type { Clock } from '@ai-bridge/domain';
import { firstByteStep, firstByteSteps, type ModelHealthSums, modelHealthStepMs } from '@ai-bridge/usage';
import { Flusher } from '../jobs/flusher.ts';

const flushEveryMs = 10_000;
const forgetEveryMs = 3_600_000;
/** Steps older than this are dropped. */
const keepMs = 90 * 24 * 3_600_000;
/** Sums kept while the database is away; the oldest go first. */
const maxSums = 10_000;

interface Sums {
  readonly atMs: number;
  readonly model: string;
  readonly provider: string;
  requests: number;
  failures: number;
  readonly firstByteCounts: number[];
}

export interface ModelTallyDeps {
  readonly clock: Clock;
  /** Adds sums to what is stored. */
  add(sums: readonly ModelHealthSums[]): Promise<void>;
  forget(before: Date): Promise<void>;
  onError(error: unknown): void;
}

/** Counts how attempts on each model at each provider went, in memory, and adds the sums to the database every few seconds. */
export class ModelTally {
  readonly #deps: ModelTallyDeps;
  #sums = new Map<string, Sums>();
  /** The last one that was counted in: most requests are like the one before. */
  #last: Sums | undefined;
  #stepAtMs = 0;
  #forgottenAtMs = Number.NEGATIVE_INFINITY;
  readonly #flusher = new Flusher(flushEveryMs, () => this.#flush());

  constructor(deps: ModelTallyDeps) {
    this.#deps = deps;
  }

  answered(model: string, provider: string, nowMs: number, firstByteMs: number | undefined): void {
    const sums = this.#of(model, provider, nowMs);
    sums.requests++;
    if (firstByteMs === undefined) return;
    const step = firstByteStep(firstByteMs);
    sums.firstByteCounts[step] = (sums.firstByteCounts[step] ?? 0) + 1;
  }

  failed(model: string, provider: string, nowMs: number): void {
    const sums = this.#of(model, provider, nowMs);
    sums.requests++;
    sums.failures++;
  }

  /** Adds what was counted since the last time; what cannot be written now is kept for the next. */
  flush(): Promise<void> {
    return this.#flusher.flush();
  }

  close(): Promise<void> {
    return this.#flusher.close();
  }

  async #flush(): Promise<void> {
    const { add, onError } = this.#deps;
    const sums = this.#sums;
    this.#sums = new Map();
    this.#last = undefined;
    try {
      if (sums.size > 0) await add([...sums.values()].map((one) => ({ ...one, at: new Date(one.atMs) })));
    } catch (error) {
      onError(error);
      this.#putBack(sums);
    }
    await this.#forgetOld();
  }

  async #forgetOld(): Promise<void> {
    const { clock, forget, onError } = this.#deps;
    if (clock.monotonicMs() - this.#forgottenAtMs < forgetEveryMs) return;
    this.#forgottenAtMs = clock.monotonicMs();
    await forget(new Date(clock.now() - keepMs)).catch(onError);
  }

  #putBack(sums: Map<string, Sums>): void {
    for (const [key, one] of [...sums].slice(-maxSums)) {
      const young = this.#sums.get(key);
      if (!young) this.#sums.set(key, one);
      else {
        young.requests += one.requests;
        young.failures += one.failures;
        for (const [step, count] of one.firstByteCounts.entries()) {
          young.firstByteCounts[step] = (young.firstByteCounts[step] ?? 0) + count;
        }
      }
    }
  }

  /** @param nowMs wall time */
  #of(model: string, provider: string, nowMs: number): Sums {
    if (nowMs < this.#stepAtMs || nowMs >= this.#stepAtMs + modelHealthStepMs) {
      this.#stepAtMs = nowMs - (nowMs % modelHealthStepMs);
    }
    const last = this.#last;
    if (last?.atMs === this.#stepAtMs && last.model === model && last.provider === provider) return last;
    const key = `${this.#stepAtMs} ${provider} ${model}`;
    let sums = this.#sums.get(key);
    if (!sums) {
      const firstByteCounts = new Array<number>(firstByteSteps).fill(0);
      sums = { atMs: this.#stepAtMs, model, provider, requests: 0, failures: 0, firstByteCounts };
      this.#sums.set(key, sums);
    }
    this.#last = sums;
    return sums;
  }
}
