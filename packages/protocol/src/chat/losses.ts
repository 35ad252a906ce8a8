import type { Loss } from '@ai-bridge/domain';

/** What a request loses on its way. What is lost for the same reason many times is told once, with its first place. */
export class Losses {
  readonly #byReason = new Map<string, Loss>();

  add(path: string, reason: string): void {
    if (!this.#byReason.has(reason)) this.#byReason.set(reason, { path, reason });
  }

  list(): readonly Loss[] {
    return [...this.#byReason.values()];
  }
}
