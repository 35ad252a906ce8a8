import type { Clock } from '@ai-bridge/domain';
import type { Peers } from './peers.ts';
import type { SeenWorkers } from './seen-workers.ts';
import type { Subject, Subjects } from './subject.ts';
import { UntoldUsage } from './untold-usage.ts';
import { maxSubjects, readMessage, type UsageMessage, writeMessage } from './usage-message.ts';
import { appendedAtMs, maxEntries, type UsageStream } from './usage-stream.ts';

/** Pause between exchanges while limited requests come in anywhere: what comes in within one is what a limit may be exceeded by. */
const busyEveryMs = 150;
/** Pause where none came in for `busyForMs`, and sign of life. */
const idleEveryMs = 1_000;
const busyForMs = 5_000;
/** Pause after an exchange that failed. */
const failedEveryMs = 1_000;
/** Without an exchange for so long, the others' usage is unknown. */
const knownForMs = 2_500;
/** Open requests are told of again this often, for workers that came later. */
const mentionEveryMs = 20_000;
/** Where a worker begins to read: what was let through in the last minute counts, whoever told it. */
const lookBackMs = 62_000;
/** Reads of one round; what is left then is read in the next. */
const maxReads = 20;

export interface LimitExchangeDeps {
  readonly clock: Clock;
  readonly workerId: string;
  readonly subjects: Subjects;
  readonly seen: SeenWorkers;
  readonly stream: UsageStream;
  /** Other workers that the database knows of at the start. */
  readonly othersAtStart: number;
  onFailed(error: unknown): void;
}

/** Tells the other workers what this one lets through, takes in what they do, and knows how far that can be relied on. */
export class LimitExchange implements Peers {
  readonly #deps: LimitExchangeDeps;
  readonly #life: number;
  readonly #untold = new UntoldUsage();
  /** Sent again as it is until it has surely arrived. */
  #outgoing: UsageMessage | undefined;
  #sent = 0;
  #readUntil: string | undefined;
  #exchangedAtMs = Number.NEGATIVE_INFINITY;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #mentionedAtMs = Number.NEGATIVE_INFINITY;
  #busyAtMs = Number.NEGATIVE_INFINITY;
  #others: number;
  #timer: NodeJS.Timeout | undefined;
  #isPausedLong = false;
  #round: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: LimitExchangeDeps) {
    this.#deps = deps;
    this.#life = deps.clock.now();
    this.#others = deps.othersAtStart;
  }

  /** Workers on this database as last seen, this one too. */
  get workers(): number {
    return this.#others + 1;
  }

  /** Begins. Resolves after the first exchange, also where it failed. */
  start(): Promise<void> {
    return this.#run();
  }

  took(subject: Subject, atMs: number, requests: number, inputTokens: number, outputTokens: number): void {
    this.#untold.add(subject, atMs, requests, inputTokens, outputTokens);
    this.#busyAtMs = this.#deps.clock.monotonicMs();
    if (this.#isPausedLong) this.#pause(busyEveryMs);
  }

  dividedBy(): number | undefined {
    return this.isKnown ? undefined : this.workers;
  }

  /** What asking Redis took the last time that it answered; undefined before the first. */
  roundTripMs: number | undefined;

  /** Whether the others' usage is known. */
  get isKnown(): boolean {
    return this.#deps.clock.monotonicMs() - this.#exchangedAtMs < knownForMs;
  }

  /** Tells what is left, and that nothing more comes. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isPausedLong = false;
    clearTimeout(this.#timer);
    await this.#round;
    this.#outgoing = this.#message(true);
    await this.#deps.stream.exchange(writeMessage(this.#outgoing), undefined).catch(this.#deps.onFailed);
  }

  #pause(ms: number): void {
    clearTimeout(this.#timer);
    this.#isPausedLong = ms === idleEveryMs;
    this.#timer = setTimeout(() => void this.#run(), ms);
    this.#timer.unref();
  }

  #run(): Promise<void> {
    this.#isPausedLong = false;
    this.#round = this.#exchange()
      .then(() => (this.#deps.clock.monotonicMs() - this.#busyAtMs < busyForMs ? busyEveryMs : idleEveryMs))
      .catch((error) => {
        this.#untold.forgetOld(this.#deps.clock.now());
        this.#deps.onFailed(error);
        return failedEveryMs;
      })
      .then((ms) => {
        if (!this.#isClosed) this.#pause(ms);
      });
    return this.#round;
  }

  async #exchange(): Promise<void> {
    const { clock, stream, seen } = this.#deps;
    const wasKnown = this.isKnown;
    this.#outgoing ??= this.#next(clock.monotonicMs());
    let entry = this.#outgoing && writeMessage(this.#outgoing);
    for (let reads = 0; reads < maxReads; reads++) {
      const beganAtMs = clock.monotonicMs();
      const { appendedId, entries } = await stream.exchange(entry, this.#readUntil);
      this.roundTripMs = clock.monotonicMs() - beganAtMs;
      if (appendedId !== undefined) this.#told();
      entry = undefined;
      for (const { id, fields } of entries) {
        this.#hear(fields);
        this.#readUntil = id;
      }
      const isFirst = this.#readUntil === undefined;
      if (isFirst && appendedId !== undefined)
        this.#readUntil = `${Math.max(0, appendedAtMs(appendedId) - lookBackMs)}-0`;
      if (!isFirst && entries.length < maxEntries) break;
    }
    const nowMs = clock.now();
    if (!wasKnown) seen.excuse(nowMs);
    seen.forgetSilent(nowMs);
    this.#others = seen.count;
    this.#exchangedAtMs = clock.monotonicMs();
  }

  #told(): void {
    this.#outgoing = undefined;
    this.#toldAtMs = this.#deps.clock.monotonicMs();
  }

  #hear(fields: Readonly<Record<string, string>>): void {
    const { workerId, seen, clock } = this.#deps;
    const message = readMessage(fields);
    if (!message || (message.worker === workerId && message.life === this.#life)) return;
    seen.hear(message, clock.now());
    if (message.worker !== workerId && message.rows.length > 0) this.#busyAtMs = clock.monotonicMs();
  }

  /** What there is to tell now; undefined where there is nothing and a sign of life is not due. */
  #next(nowMs: number): UsageMessage | undefined {
    if (nowMs - this.#mentionedAtMs >= mentionEveryMs) {
      this.#mentionedAtMs = nowMs;
      for (const subject of this.#deps.subjects.all()) if (subject.own.open > 0) this.#untold.mention(subject);
    }
    const isDue = this.#readUntil === undefined || nowMs - this.#toldAtMs >= idleEveryMs;
    return this.#untold.size > 0 || isDue ? this.#message(false) : undefined;
  }

  #message(isLast: boolean): UsageMessage {
    const { clock, workerId } = this.#deps;
    this.#untold.forgetOld(clock.now());
    const rows = this.#untold.take(maxSubjects);
    return { worker: workerId, life: this.#life, number: ++this.#sent, isLast, rows };
  }
}
