import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ItemReader } from './item-reader.ts';
import { citationOf } from './parse-content.ts';

/** A message: each of its parts is a block, which opens with its first text. Parts come one after the other. */
export class MessageReader implements ItemReader {
  readonly #blocks: BlockWriter;
  #phase: string | undefined;
  #part = 0;
  #isPartDone = false;
  #isOpen = false;
  #sent = 0;
  #citations = 0;

  constructor(blocks: BlockWriter, item?: JsonObject) {
    this.#blocks = blocks;
    this.#phase = asText(item?.['phase']);
  }

  read(type: string, data: JsonObject): void {
    if (!this.#isAt(data['content_index'])) return;
    switch (type) {
      case 'output_text.delta':
        this.#tell('text', asText(data['delta']));
        return;
      case 'output_text.done':
        this.#fill('text', asText(data['text']));
        return;
      case 'output_text.annotation.added':
        this.#cite(data['annotation']);
        return;
      case 'refusal.delta':
        this.#tell('refusal', asText(data['delta']));
        return;
      case 'refusal.done':
        this.#fill('refusal', asText(data['refusal']));
        return;
      case 'content_part.done':
        this.#finishPart(asObject(data['part']));
        return;
    }
  }

  more(text: string): void {
    this.#sent += text.length;
  }

  finish(item: JsonObject): void {
    this.#phase ??= asText(item['phase']);
    const content: unknown = item['content'];
    if (Array.isArray(content)) {
      for (const [index, part] of content.entries()) if (this.#isAt(index)) this.#finishPart(asObject(part));
    }
    this.#close();
  }

  /** Goes on to a later part; what is told of an earlier one is told already. */
  #isAt(index: unknown): boolean {
    if (typeof index === 'number' && index !== this.#part) {
      if (index < this.#part) return false;
      this.#close();
      this.#part = index;
      this.#isPartDone = false;
      this.#sent = 0;
      this.#citations = 0;
    }
    return !this.#isPartDone;
  }

  #open(kind: 'text' | 'refusal'): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#blocks.open(kind === 'text' && this.#phase ? { kind, phase: this.#phase } : { kind });
  }

  #tell(kind: 'text' | 'refusal', text: string | undefined): void {
    if (text === undefined) return;
    this.#open(kind);
    this.#sent += text.length;
    this.#blocks.delta(text);
  }

  #fill(kind: 'text' | 'refusal', whole: string | undefined): void {
    if (whole !== undefined && whole.length > this.#sent) this.#tell(kind, whole.slice(this.#sent));
  }

  #cite(annotation: unknown): void {
    if (!asObject(annotation)) return;
    this.#open('text');
    this.#citations++;
    this.#blocks.citation(citationOf(annotation));
  }

  #finishPart(part: JsonObject | undefined): void {
    if (part?.['type'] === 'refusal') this.#fill('refusal', asText(part['refusal']));
    else this.#fill('text', asText(part?.['text']));
    const annotations: unknown = part?.['annotations'];
    if (Array.isArray(annotations)) for (const annotation of annotations.slice(this.#citations)) this.#cite(annotation);
    this.#close();
    this.#isPartDone = true;
  }

  #close(): void {
    if (this.#isOpen) this.#blocks.close();
    this.#isOpen = false;
  }
}
