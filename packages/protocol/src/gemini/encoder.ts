import { RelayError } from '@ai-bridge/domain';
import { renderStreamError } from '../errors/render.ts';
import type { AnswerContext, Encoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import { Answer } from './answer.ts';

const start = 'data: {"candidates":[{"content":{"parts":[';

/**
 * Writes chunks without event names: one for every part, and a last one with the finish reason and the usage. There is no `[DONE]`. The
 * last one has an empty text, as Google's own have: SDKs take a content without parts for a broken one.
 */
export class GeminiEncoder implements Encoder {
  readonly #answer: Answer;
  readonly #requestId: string;
  readonly #end: string;

  constructor(context: AnswerContext) {
    this.#answer = new Answer(context);
    this.#requestId = context.requestId;
    this.#end = `],"role":"model"},"index":0}],${this.#answer.identity}}\n\n`;
  }

  encode(event: NeutralEvent): string {
    if (event.type === 'end') return `data: ${this.#answer.final('{"text":""}')}\n\n`;
    if (event.type === 'error') return this.#error();
    return this.#chunk(this.#answer.part(event));
  }

  delta(text: string, json: string): string {
    return this.#chunk(this.#answer.delta(text, json));
  }

  #chunk(part: string | undefined): string {
    return part === undefined ? '' : start + part + this.#end;
  }

  /** What the upstream said may name things that are no client's business. */
  #error(): string {
    const context = { requestId: this.#requestId, language: 'en' } as const;
    return renderStreamError('gemini', new RelayError('upstream_broke'), context).toString();
  }
}
