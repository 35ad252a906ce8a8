import type { Loss } from '@ai-bridge/domain';

/** Losses of one translation. Of losses that differ only in the message, block or tool they are about, the first is enough. */
export class LossList {
  readonly #byKind = new Map<string, Loss>();

  add(path: string, reason: string): void {
    const kind = `${path.replace(/\d+/g, '#')} ${reason}`;
    if (!this.#byKind.has(kind)) this.#byKind.set(kind, { path, reason });
  }

  addAll(losses: readonly Loss[]): void {
    for (const { path, reason } of losses) this.add(path, reason);
  }

  all(): readonly Loss[] {
    return [...this.#byKind.values()];
  }
}
