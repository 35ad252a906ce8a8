import type { Clock } from '@ai-bridge/domain';
import type { CreditBook, DatabaseHealth } from '../credit/index.ts';
import type { Journal } from '../journal/index.ts';
import { chargesOf, type SettledOutcome } from './outcome.ts';
import { type SettleDeps, settleOutcomes } from './settle-outcomes.ts';

export interface SettlerOptions extends SettleDeps {
  readonly health: DatabaseHealth;
  readonly credit: Pick<CreditBook, 'beginSettling'>;
  readonly journal: Pick<Journal, 'settledUpTo'>;
  readonly clock: Clock;
  /** How long an outcome may wait for company. */
  readonly maxDelayMs?: number;
  readonly maxBatch?: number;
  /** A batch failed and will be tried again. */
  onError(error: unknown): void;
}

export interface JournaledOutcome extends SettledOutcome {
  /** From the journal; 0 where the journal failed and only Postgres is left to make it durable. */
  readonly sequence: number;
}

export interface SettlerStatus {
  /** Outcomes that are not in Postgres yet. */
  readonly unsettled: number;
  /** How long the oldest of them has waited; undefined where there are none. */
  readonly oldestUnsettledMs: number | undefined;
  /** What the last batch took, from its first try on; undefined before the first. */
  readonly lastBatchMs: number | undefined;
  readonly settled: number;
  readonly batches: number;
  readonly deadLetters: number;
}

/** Brings outcomes from the journal to Postgres, many in one transaction, in order. */
export interface Settler {
  /**
   * Takes an outcome over. It stays in memory until it is settled; how many there can be is bounded by the
   * journal, which admission stops for.
   * @param whenSettled called once it is in Postgres, or after a bounded moment if Postgres is away
   */
  enqueue(outcome: JournaledOutcome, whenSettled?: () => void): void;
  /** Settles without delay from now on. True once nothing is left; false if that takes longer than `timeoutMs`. */
  drain(timeoutMs: number): Promise<boolean>;
  /** Starts no more batches; what is not settled is left to the journal. */
  stop(): void;
  status(): SettlerStatus;
}

const firstRetryMs = 100;
const maxRetryMs = 2_000;
/** How long an answer's end is kept back for an outcome that neither journal nor Postgres can take. */
const maxDirectWaitMs = 2_000;

export function createSettler(options: SettlerOptions): Settler {
  return new BatchSettler(options);
}

class BatchSettler implements Settler {
  readonly #options: SettlerOptions & { maxDelayMs: number; maxBatch: number };
  readonly #direct: { position: number; tell: () => void }[] = [];
  #queue: JournaledOutcome[] = [];
  #enqueued = 0;
  #settled = 0;
  #batches = 0;
  #firstAtMs = 0;
  /** When the oldest outcome of the batch under way came in. */
  #batchFirstAtMs = 0;
  #lastBatchMs: number | undefined;
  #isRunning = false;
  #isHasty = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #whenEmpty: (() => void)[] = [];

  constructor(options: SettlerOptions) {
    this.#options = { maxDelayMs: 200, maxBatch: 2_500, ...options };
    options.health.onChange((isAway) => {
      if (!isAway) this.#wake?.();
    });
  }

  enqueue(outcome: JournaledOutcome, whenSettled?: () => void): void {
    if (this.#queue.length === 0) this.#firstAtMs = this.#options.clock.monotonicMs();
    this.#queue.push(outcome);
    this.#enqueued++;
    if (whenSettled) this.#addDirect(whenSettled);
    this.#schedule();
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#isHasty = true;
    this.#wake?.();
    this.#schedule();
    if (this.#settled === this.#enqueued) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#whenEmpty.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }

  status(): SettlerStatus {
    const unsettled = this.#enqueued - this.#settled;
    const oldestAtMs = this.#isRunning ? this.#batchFirstAtMs : this.#firstAtMs;
    return {
      unsettled,
      oldestUnsettledMs: unsettled === 0 ? undefined : this.#options.clock.monotonicMs() - oldestAtMs,
      lastBatchMs: this.#lastBatchMs,
      settled: this.#settled,
      batches: this.#batches,
      deadLetters: this.#options.deadLetters.count,
    };
  }

  #addDirect(whenSettled: () => void): void {
    let isTold = false;
    const tell = () => {
      if (isTold) return;
      isTold = true;
      clearTimeout(timer);
      whenSettled();
    };
    const timer = setTimeout(tell, maxDirectWaitMs);
    this.#direct.push({ position: this.#enqueued, tell });
  }

  /** Sees to it that the queue is sent when its oldest line is due, at once when a batch is full or someone waits. */
  #schedule(): void {
    if (this.#isRunning || this.#isStopped || this.#queue.length === 0) return;
    const { maxBatch, maxDelayMs, clock } = this.#options;
    if (this.#queue.length >= maxBatch || this.#isHasty || this.#direct.length > 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      void this.#run();
    } else if (!this.#timer) {
      const dueMs = Math.max(0, this.#firstAtMs + maxDelayMs - clock.monotonicMs());
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.#run();
      }, dueMs);
    }
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    const { maxBatch, clock } = this.#options;
    const batch = this.#queue.splice(0, maxBatch);
    this.#batchFirstAtMs = this.#firstAtMs;
    const beganAtMs = clock.monotonicMs();
    this.#firstAtMs = beganAtMs;
    const isSettled = await this.#settle(batch);
    this.#isRunning = false;
    if (!isSettled) return;
    this.#lastBatchMs = clock.monotonicMs() - beganAtMs;
    this.#settled += batch.length;
    this.#batches++;
    let last = 0;
    for (const { sequence } of batch) if (sequence > last) last = sequence;
    if (last > 0) this.#options.journal.settledUpTo(last);
    while (this.#direct[0] && this.#direct[0].position <= this.#settled) this.#direct.shift()?.tell();
    if (this.#settled === this.#enqueued) for (const resolve of this.#whenEmpty.splice(0)) resolve();
    this.#schedule();
  }

  /** Tries until it succeeds; false when stopped before that. */
  async #settle(outcomes: readonly SettledOutcome[]): Promise<boolean> {
    const charges = chargesOf(outcomes);
    for (let retryMs = firstRetryMs; !this.#isStopped; retryMs = Math.min(retryMs * 2, maxRetryMs)) {
      const settling = this.#options.credit.beginSettling(charges);
      try {
        settling.committed(await this.#options.health.watch(settleOutcomes(this.#options, outcomes)));
        return true;
      } catch (error) {
        settling.failed();
        this.#options.onError(error);
        await this.#pause(retryMs);
      }
    }
    return false;
  }

  /** Until the time is up, or sooner when the database is back. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = end;
    });
  }
}
