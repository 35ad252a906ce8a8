import type { Block, NeutralEvent } from '../neutral/events.ts';
import type { Citation } from '../neutral/parts.ts';
import type { Signature } from '../neutral/signature.ts';

/** Writes blocks one behind the other: opening one closes the one before. */
export class Blocks {
  #events: NeutralEvent[] = [];
  #index = -1;
  #kind: Block['kind'] | undefined;

  /** What kind of block is open. */
  get kind(): Block['kind'] | undefined {
    return this.#kind;
  }

  /** What was written since this was last asked for. */
  take(): readonly NeutralEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  add(event: NeutralEvent): void {
    this.#events.push(event);
  }

  open(block: Block): void {
    this.close();
    this.#kind = block.kind;
    this.#index++;
    this.#events.push({ type: 'open', index: this.#index, block });
  }

  delta(text: string): void {
    if (text !== '') this.#events.push({ type: 'delta', index: this.#index, text });
  }

  signature(signature: Signature): void {
    this.#events.push({ type: 'signature', index: this.#index, signature });
  }

  citation(citation: Citation): void {
    this.#events.push({ type: 'citation', index: this.#index, citation });
  }

  close(): void {
    if (this.#kind === undefined) return;
    this.#kind = undefined;
    this.#events.push({ type: 'close', index: this.#index });
  }
}
