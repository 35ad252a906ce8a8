import type { Citation } from '../neutral/parts.ts';
import type { StreamWriter } from './stream-writer.ts';

/** Where an item stands and what it is called there. */
export interface ItemPlace {
  readonly id: string;
  readonly outputIndex: number;
}

export type ItemStatus = 'completed' | 'incomplete';

/** Writes one output item: what it holds as it comes, and the whole of it when it is done. */
export interface ItemWriter {
  /** @param json the text as JSON */
  delta(text: string, json: string): void;
  citation?(citation: Citation): void;
  /** @param sealed as it goes into the client's opaque slot */
  signature?(sealed: string): void;
  /** The block that is written has ended; the item may go on with another. */
  endBlock(): void;
  /** Closes the item and writes its last event. @returns the item as JSON */
  finish(status: ItemStatus): string;
}

/** The beginning and the end of every item. */
export function writeAdded(stream: StreamWriter, { outputIndex }: ItemPlace, item: string): void {
  stream.event('response.output_item.added', `"output_index":${outputIndex},"item":${item}`);
}

export function writeDone(stream: StreamWriter, { outputIndex }: ItemPlace, item: string): string {
  stream.event('response.output_item.done', `"output_index":${outputIndex},"item":${item}`);
  return item;
}
