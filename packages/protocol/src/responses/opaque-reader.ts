import { asText, type JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ItemReader } from './item-reader.ts';

/** An item that only this protocol has (calls of hosted tools, mostly): told whole when it is done. */
export class OpaqueReader implements ItemReader {
  readonly #blocks: BlockWriter;

  constructor(blocks: BlockWriter) {
    this.#blocks = blocks;
  }

  read(): void {
    // How it comes about is nothing of the answer.
  }

  more(): void {
    // Nor does it have a text that goes on.
  }

  finish(item: JsonObject): void {
    const name = asText(item['type']);
    if (name === undefined) return;
    this.#blocks.open({ kind: 'opaque', protocol: 'openai-responses', name, value: item });
    this.#blocks.close();
  }
}
