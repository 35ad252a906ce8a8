import type { Loss } from '@ai-bridge/domain';

/** What a request loses on its way, in the order in which it was found. */
export class Losses {
  readonly list: Loss[] = [];

  add(path: string, reason: string): void {
    this.list.push({ path, reason });
  }

  /** For what a long conversation loses many times over: only the first place is told. */
  once(path: string, reason: string): void {
    if (!this.list.some((loss) => loss.reason === reason)) this.add(path, reason);
  }
}
