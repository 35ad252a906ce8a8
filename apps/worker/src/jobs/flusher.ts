/** Writes down every few seconds what was noted in memory, one flush at a time. */
export class Flusher {
  readonly #flush: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> | undefined;

  /** @param flush takes what was noted so far and writes it; it deals with its own failures */
  constructor(everyMs: number, flush: () => Promise<void>) {
    this.#flush = flush;
    this.#timer = setInterval(() => void this.flush(), everyMs);
    this.#timer.unref();
  }

  /** Resolves at the end of the flush that is under way, or of one that this begins. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Ends it with all that was noted written. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.flush();
  }
}
