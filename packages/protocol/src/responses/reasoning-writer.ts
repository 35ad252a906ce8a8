import { type ItemPlace, type ItemStatus, type ItemWriter, writeAdded, writeDone } from './item-writer.ts';
import type { StreamWriter } from './stream-writer.ts';

/** Thinking, told as the summary of reasoning: the form that Codex and the SDKs show. */
export class ReasoningWriter implements ItemWriter {
  readonly #stream: StreamWriter;
  readonly #place: ItemPlace;
  readonly #at: string;
  #text = '';
  #sealed: string | undefined;

  constructor(stream: StreamWriter, place: ItemPlace) {
    this.#stream = stream;
    this.#place = place;
    this.#at = `"item_id":"${place.id}","output_index":${place.outputIndex},"summary_index":0`;
    writeAdded(stream, place, this.#item('', 'in_progress'));
  }

  delta(text: string, json: string): void {
    if (this.#text === '') {
      this.#stream.event('response.reasoning_summary_part.added', `${this.#at},"part":${summaryPart('""')}`);
    }
    this.#text += text;
    this.#stream.event('response.reasoning_summary_text.delta', `${this.#at},"delta":${json}`);
  }

  signature(sealed: string): void {
    this.#sealed = sealed;
  }

  endBlock(): void {
    if (this.#text === '') return;
    const text = JSON.stringify(this.#text);
    this.#stream.event('response.reasoning_summary_text.done', `${this.#at},"text":${text}`);
    this.#stream.event('response.reasoning_summary_part.done', `${this.#at},"part":${summaryPart(text)}`);
  }

  finish(status: ItemStatus): string {
    const summary = this.#text === '' ? '' : summaryPart(JSON.stringify(this.#text));
    return writeDone(this.#stream, this.#place, this.#item(summary, status));
  }

  #item(summary: string, status: string): string {
    const sealed = this.#sealed === undefined ? 'null' : JSON.stringify(this.#sealed);
    return `{"id":"${this.#place.id}","type":"reasoning","status":"${status}","summary":[${summary}],"encrypted_content":${sealed}}`;
  }
}

function summaryPart(text: string): string {
  return `{"type":"summary_text","text":${text}}`;
}
