import { asObject, type JsonObject, parseObjectText } from '../json/parse.ts';
import { eventEnd, parseEvent } from './events.ts';

/** As much of a stream's first event as its id and date stand in. */
const beginningBytes = 512;
/** Finished items are kept up to here; what comes behind them is told by its own events only. */
const maxItemsBytes = 256 * 1024;

/** What a Responses stream that the relay has to end repeats of itself. */
export interface Repeated {
  readonly responseId: string | undefined;
  readonly createdAtSeconds: number | undefined;
  readonly output: readonly unknown[];
}

/** Keeps of a passing Responses stream what its failure would have to repeat, as bytes: nothing is parsed unless it fails. */
export class ResponseSoFar {
  #beginning: Buffer | undefined;
  #items: Buffer[] = [];
  #itemsBytes = 0;

  begin(buffer: Buffer, start: number, end: number): void {
    this.#beginning ??= Buffer.from(buffer.subarray(start, Math.min(end, start + beginningBytes)));
  }

  /** Takes an `output_item.done`. */
  addItem(buffer: Buffer, start: number, end: number): void {
    this.#itemsBytes += end - start;
    if (this.#itemsBytes <= maxItemsBytes) this.#items.push(Buffer.from(buffer.subarray(start, end)));
  }

  /** @param before items of events with this number or a greater one have not gone out, and are not repeated */
  repeated(before: number): Repeated {
    const head = this.#beginning?.toString() ?? '';
    const createdAt = /"created_at":\s*(\d{1,12})\b/.exec(head)?.[1];
    return {
      responseId: /"response":\s*\{\s*"id":\s*"([\w-]{1,128})"/.exec(head)?.[1],
      createdAtSeconds: createdAt === undefined ? undefined : Number(createdAt),
      output: this.#items.flatMap((bytes) => {
        const event = dataOf(bytes, 0, bytes.length);
        const item = asObject(event?.['item']);
        return item && (numberOf(event) ?? 0) < before ? [item] : [];
      }),
    };
  }
}

/** The number behind that of the last event in bytes that were sent, which are whole events; undefined where none has a number. */
export function nextSequenceNumber(sent: Buffer): number | undefined {
  let last: number | undefined;
  for (let at = 0; at < sent.length; ) {
    const end = eventEnd(sent, at, true);
    if (end === -1) break;
    last = numberOf(dataOf(sent, at, end)) ?? last;
    at = end;
  }
  return last === undefined ? undefined : last + 1;
}

function dataOf(buffer: Buffer, start: number, end: number): JsonObject | undefined {
  return parseObjectText(parseEvent(buffer, start, end).data ?? '');
}

function numberOf(event: JsonObject | undefined): number | undefined {
  const value = event?.['sequence_number'];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
