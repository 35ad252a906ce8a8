import type { Subjects } from './subject.ts';
import type { UsageMessage } from './usage-message.ts';

const cellMs = 1_000;
/** A worker that says nothing for so long is gone, and its open requests with it. */
const goneAfterMs = 5_000;
/** How long the number of a gone worker's last message is kept: no message lives longer. */
const forgetAfterMs = 180_000;

interface SeenWorker {
  life: number;
  lastNumber: number;
  heardAtMs: number;
  isHere: boolean;
  readonly open: Map<string, number>;
}

/** The other workers: who is there, and what they let through, as they told it. Puts that into the subjects. */
export class SeenWorkers {
  readonly #workers = new Map<string, SeenWorker>();
  readonly #subjects: Subjects;
  readonly #self: string;

  constructor(subjects: Subjects, self: string) {
    this.#subjects = subjects;
    this.#self = self;
  }

  /** How many of them are there now. */
  get count(): number {
    let count = 0;
    for (const worker of this.#workers.values()) if (worker.isHere) count++;
    return count;
  }

  /** Takes in what a worker told, once. What this worker itself told in an earlier life still counts, but nothing of that is open. */
  hear(message: UsageMessage, nowMs: number): void {
    const worker = this.#of(message, nowMs);
    if (!worker) return;
    worker.lastNumber = message.number;
    worker.heardAtMs = nowMs;
    worker.isHere = true;
    for (const [id, open, cells] of message.rows) {
      const { all } = this.#subjects.of(id, nowMs);
      for (const [second, requests, inputTokens, outputTokens] of cells) {
        all.requests.addAt(nowMs, second * cellMs, requests);
        all.inputTokens.addAt(nowMs, second * cellMs, inputTokens);
        all.outputTokens.addAt(nowMs, second * cellMs, outputTokens);
      }
      all.open += open - (worker.open.get(id) ?? 0);
      if (open === 0) worker.open.delete(id);
      else worker.open.set(id, open);
    }
    if (message.isLast || message.worker === this.#self) this.#close(worker, nowMs);
  }

  /** Nobody could be heard for a while, which says nothing about who is there: everybody's time begins anew. */
  excuse(nowMs: number): void {
    for (const worker of this.#workers.values()) if (worker.isHere) worker.heardAtMs = nowMs;
  }

  /** Closes whoever has been silent for too long. */
  forgetSilent(nowMs: number): void {
    for (const [id, worker] of this.#workers) {
      const silentMs = nowMs - worker.heardAtMs;
      if (worker.isHere && silentMs > goneAfterMs) this.#close(worker, nowMs);
      if (silentMs > forgetAfterMs) this.#workers.delete(id);
    }
  }

  /** Undefined where the message was heard before, or is of a life that is over. */
  #of({ worker: id, life, number }: UsageMessage, nowMs: number): SeenWorker | undefined {
    const known = this.#workers.get(id);
    if (known && life === known.life) return number > known.lastNumber ? known : undefined;
    if (known && life < known.life) return undefined;
    if (known) this.#close(known, nowMs);
    const worker = { life, lastNumber: 0, heardAtMs: nowMs, isHere: true, open: new Map<string, number>() };
    this.#workers.set(id, worker);
    return worker;
  }

  #close(worker: SeenWorker, nowMs: number): void {
    worker.isHere = false;
    for (const [id, open] of worker.open) this.#subjects.of(id, nowMs).all.open -= open;
    worker.open.clear();
  }
}
