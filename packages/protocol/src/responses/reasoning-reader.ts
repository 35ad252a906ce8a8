import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ItemReader } from './item-reader.ts';
import { summarySeparator } from './parse-items.ts';

/**
 * Reasoning: the parts of its summary (or of itself, as open models tell it) are one block, with a blank line between them. The sealed
 * content is taken from the finished item: the one that is added may be cut.
 */
export class ReasoningReader implements ItemReader {
  readonly #blocks: BlockWriter;
  /** Characters told of each part. */
  readonly #sent = new Map<string, number>();
  #current: string | undefined;
  #isOpen = false;

  constructor(blocks: BlockWriter) {
    this.#blocks = blocks;
  }

  read(type: string, data: JsonObject): void {
    switch (type) {
      case 'reasoning_summary_text.delta':
        this.#tell(`summary ${data['summary_index'] ?? 0}`, asText(data['delta']));
        return;
      case 'reasoning_summary_text.done':
        this.#fill(`summary ${data['summary_index'] ?? 0}`, asText(data['text']));
        return;
      case 'reasoning_summary_part.done':
        this.#fill(`summary ${data['summary_index'] ?? 0}`, textOf(data['part']));
        return;
      case 'reasoning_text.delta':
        this.#tell(`content ${data['content_index'] ?? 0}`, asText(data['delta']));
        return;
      case 'reasoning_text.done':
        this.#fill(`content ${data['content_index'] ?? 0}`, asText(data['text']));
        return;
    }
  }

  more(text: string): void {
    if (this.#current !== undefined) this.#count(this.#current, text);
  }

  finish(item: JsonObject): void {
    this.#fillAll('summary', item['summary']);
    if (!this.#isOpen || this.#current?.startsWith('content')) this.#fillAll('content', item['content']);
    const blob = asText(item['encrypted_content']);
    if (!this.#isOpen && blob !== undefined) this.#open({ isRedacted: true });
    if (!this.#isOpen) return;
    if (blob !== undefined) this.#blocks.signature(blob);
    this.#blocks.close();
  }

  #open(thinking: { isRedacted?: boolean }): void {
    this.#isOpen = true;
    this.#blocks.open({ kind: 'thinking', ...thinking });
  }

  #tell(part: string, text: string | undefined): void {
    if (text === undefined) return;
    if (!this.#isOpen) this.#open({});
    else if (part !== this.#current) this.#blocks.delta(summarySeparator);
    this.#current = part;
    this.#count(part, text);
    this.#blocks.delta(text);
  }

  #count(part: string, text: string): void {
    this.#sent.set(part, (this.#sent.get(part) ?? 0) + text.length);
  }

  #fill(part: string, whole: string | undefined): void {
    const sent = this.#sent.get(part) ?? 0;
    if (whole === undefined || whole.length <= sent) return;
    // The rest of a part that others followed has no place any more.
    if (sent === 0 || part === this.#current) this.#tell(part, whole.slice(sent));
  }

  #fillAll(kind: string, parts: unknown): void {
    if (Array.isArray(parts)) for (const [index, part] of parts.entries()) this.#fill(`${kind} ${index}`, textOf(part));
  }
}

function textOf(part: unknown): string | undefined {
  return asText(asObject(part)?.['text']);
}
