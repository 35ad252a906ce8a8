import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ItemReader } from './item-reader.ts';
import { readerOfEvent, readerOfItem } from './readers.ts';

interface Waiting {
  readonly type: string;
  readonly data: JsonObject;
}

/** Reads the items of an answer in their order: what is told of another item while one is not done waits for its turn. */
export class OutputReader {
  readonly #blocks: BlockWriter;
  readonly #waiting = new Map<number, Waiting[]>();
  readonly #done = new Set<number>();
  readonly #callIds = new Set<string>();
  #index: number | undefined;
  #reader: ItemReader | undefined;
  #added: JsonObject | undefined;

  constructor(blocks: BlockWriter) {
    this.#blocks = blocks;
  }

  /** @param type the event's, without `response.` */
  read(type: string, data: JsonObject): void {
    const index = indexOf(data) ?? this.#index ?? 0;
    if (this.#done.has(index)) return;
    if (this.#index !== undefined && index !== this.#index) this.#wait(index, { type, data });
    else if (this.#apply(index, type, data)) this.#next();
  }

  /** More of the text that was told last. */
  more(text: string): void {
    this.#reader?.more(text);
  }

  /** The answer is over: what is not done is read off the items of its last event, where they are told there. */
  finish(items: readonly unknown[]): void {
    const isUntold = this.#index === undefined && this.#done.size === 0;
    for (; this.#index !== undefined; this.#next()) {
      const item = this.#among(items, this.#index);
      if (this.#reader && item) this.#finishItem(this.#index, this.#reader, item);
      this.#blocks.close();
    }
    for (const value of items) {
      const item = asObject(value);
      if (item && (isUntold || this.#isNewCall(item))) readerOfItem(item, this.#blocks).finish(item);
    }
  }

  #wait(index: number, event: Waiting): void {
    const events = this.#waiting.get(index);
    if (events) events.push(event);
    else this.#waiting.set(index, [event]);
  }

  /** @returns whether the item is done */
  #apply(index: number, type: string, data: JsonObject): boolean {
    const item = type.startsWith('output_item.') ? asObject(data['item']) : undefined;
    this.#reader ??= item ? readerOfItem(item, this.#blocks) : readerOfEvent(type, this.#blocks);
    if (!this.#reader) return false;
    this.#index = index;
    this.#added ??= item;
    if (type === 'output_item.done' && item) {
      this.#finishItem(index, this.#reader, item);
      return true;
    }
    this.#reader.read(type, data);
    return false;
  }

  #finishItem(index: number, reader: ItemReader, item: JsonObject): void {
    reader.finish(item);
    this.#done.add(index);
    const callId = asText(item['call_id']);
    if (callId !== undefined) this.#callIds.add(callId);
  }

  /** Goes on with the first of the items that wait, and with those behind it as long as they are done. */
  #next(): void {
    this.#leave();
    while (this.#index === undefined && this.#waiting.size > 0) {
      const index = Math.min(...this.#waiting.keys());
      const events = this.#waiting.get(index) ?? [];
      this.#waiting.delete(index);
      for (const { type, data } of events) {
        if (!this.#apply(index, type, data)) continue;
        this.#leave();
        break;
      }
    }
  }

  #leave(): void {
    this.#index = undefined;
    this.#reader = undefined;
    this.#added = undefined;
  }

  /** The item under way as the answer's last event has it. Some upstreams leave items out there, so that places shift. */
  #among(items: readonly unknown[], index: number): JsonObject | undefined {
    const id = asText(this.#added?.['id']);
    const sameId = id === undefined ? undefined : items.find((item) => asObject(item)?.['id'] === id);
    const item = asObject(sameId ?? items[index]);
    return !this.#added || item?.['type'] === this.#added['type'] ? item : undefined;
  }

  /** A call that no event told: a few upstreams name calls in the last event only. */
  #isNewCall(item: JsonObject): boolean {
    const callId = asText(item['call_id']);
    const isCall = item['type'] === 'function_call' || item['type'] === 'custom_tool_call';
    return isCall && callId !== undefined && !this.#callIds.has(callId);
  }
}

function indexOf(data: JsonObject): number | undefined {
  const index = data['output_index'];
  return typeof index === 'number' ? index : undefined;
}
