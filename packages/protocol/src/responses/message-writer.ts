import { asObject } from '../json/parse.ts';
import type { Citation } from '../neutral/parts.ts';
import { type ItemPlace, type ItemStatus, type ItemWriter, writeAdded, writeDone } from './item-writer.ts';
import type { StreamWriter } from './stream-writer.ts';

/** A message, whose parts are neighbouring blocks of text. */
export class MessageWriter implements ItemWriter {
  readonly phase: string | undefined;
  readonly #stream: StreamWriter;
  readonly #place: ItemPlace;
  readonly #parts: string[] = [];
  #kind: 'text' | 'refusal' = 'text';
  #text = '';
  #citations: Citation[] = [];
  /** Fields of every event of the part under way. */
  #at = '';

  constructor(stream: StreamWriter, place: ItemPlace, phase: string | undefined) {
    this.#stream = stream;
    this.#place = place;
    this.phase = phase;
    writeAdded(stream, place, this.#item('in_progress'));
  }

  openPart(kind: 'text' | 'refusal'): void {
    const { id, outputIndex } = this.#place;
    this.#kind = kind;
    this.#text = '';
    this.#citations = [];
    this.#at = `"item_id":"${id}","output_index":${outputIndex},"content_index":${this.#parts.length}`;
    this.#stream.event('response.content_part.added', `${this.#at},"part":${partOf(kind, '""', '[]')}`);
  }

  delta(text: string, json: string): void {
    this.#text += text;
    const fields = `${this.#at},"delta":${json}`;
    if (this.#kind === 'text') this.#stream.event('response.output_text.delta', `${fields},"logprobs":[]`);
    else this.#stream.event('response.refusal.delta', fields);
  }

  /** Annotations point into the text, so they are written when it is known. */
  citation(citation: Citation): void {
    this.#citations.push(citation);
  }

  endBlock(): void {
    const text = JSON.stringify(this.#text);
    const annotations = this.#citations.map((citation) => annotationOf(citation, this.#text.length));
    const known = annotations.filter((annotation) => annotation !== undefined);
    for (const [index, annotation] of known.entries()) {
      const fields = `${this.#at},"annotation_index":${index},"annotation":${annotation}`;
      this.#stream.event('response.output_text.annotation.added', fields);
    }
    const part = partOf(this.#kind, text, `[${known.join(',')}]`);
    if (this.#kind === 'text')
      this.#stream.event('response.output_text.done', `${this.#at},"text":${text},"logprobs":[]`);
    else this.#stream.event('response.refusal.done', `${this.#at},"refusal":${text}`);
    this.#stream.event('response.content_part.done', `${this.#at},"part":${part}`);
    this.#parts.push(part);
  }

  finish(status: ItemStatus): string {
    return writeDone(this.#stream, this.#place, this.#item(status));
  }

  #item(status: string): string {
    const phase = this.phase === undefined ? '' : `,"phase":${JSON.stringify(this.phase)}`;
    return `{"id":"${this.#place.id}","type":"message","status":"${status}","role":"assistant","content":[${this.#parts.join(',')}]${phase}}`;
  }
}

function partOf(kind: 'text' | 'refusal', text: string, annotations: string): string {
  if (kind === 'refusal') return `{"type":"refusal","refusal":${text}}`;
  return `{"type":"output_text","annotations":${annotations},"logprobs":[],"text":${text}}`;
}

/** A source told by others is said to be of the whole text; one without an address has no form here. */
function annotationOf({ protocol, value, title, url }: Citation, end: number): string | undefined {
  if (protocol === 'openai-responses' && asObject(value)) return JSON.stringify(value);
  if (!url) return undefined;
  return JSON.stringify({ type: 'url_citation', start_index: 0, end_index: end, title: title ?? url, url });
}
