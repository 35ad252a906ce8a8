import type { JsonObject } from '../json/parse.ts';

/** Reads the events of one output item. What comes twice (as deltas, and whole in a `.done`) is told once. */
export interface ItemReader {
  /** @param type the event's, without `response.`; one that is not known is passed over */
  read(type: string, data: JsonObject): void;
  /** Counts more of the text that was told last, which is told already. */
  more(text: string): void;
  /** The whole item: fills in what no event told, and closes what is open. */
  finish(item: JsonObject): void;
}
