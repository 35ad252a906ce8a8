import type { Block, NeutralEvent } from '../neutral/events.ts';
import type { Citation } from '../neutral/parts.ts';
import type { Origin } from '../neutral/signature.ts';

/** Puts blocks down one after the other, counting them. Texts that are empty are none. */
export class BlockWriter {
  readonly origin: Origin;
  /** The model called a tool. */
  hasCall = false;
  hasRefusal = false;
  #events: NeutralEvent[] = [];
  #next = 0;
  #isOpen = false;

  constructor(origin: Origin) {
    this.origin = origin;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What was put down since the last time. */
  take(): NeutralEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  put(event: NeutralEvent): void {
    this.#events.push(event);
  }

  open(block: Block): void {
    this.close();
    if (block.kind === 'tool_call') this.hasCall = true;
    else if (block.kind === 'refusal') this.hasRefusal = true;
    this.#isOpen = true;
    this.#events.push({ type: 'open', index: this.#next++, block });
  }

  delta(text: string): void {
    if (text !== '') this.#events.push({ type: 'delta', index: this.#next - 1, text });
  }

  citation(citation: Citation): void {
    this.#events.push({ type: 'citation', index: this.#next - 1, citation });
  }

  signature(blob: string): void {
    this.#events.push({ type: 'signature', index: this.#next - 1, signature: { origin: this.origin, blob } });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#events.push({ type: 'close', index: this.#next - 1 });
  }
}
