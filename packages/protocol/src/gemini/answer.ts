import type { AnswerContext } from '../neutral/codec.ts';
import type { Block, NeutralEvent, StopReason } from '../neutral/events.ts';
import type { Citation } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import { callPart, textPart, thoughtPart } from './answer-parts.ts';
import { groundingOf } from './citations.ts';
import { finishOfStop } from './finish.ts';
import { writeUsage } from './usage.ts';

/**
 * Puts the events of an answer into Gemini's parts, and keeps what belongs at its end. Text and thoughts become parts as they come,
 * calls once they are whole.
 */
export class Answer {
  readonly #showsThoughts: boolean;
  /** The fields of every chunk behind its candidates. */
  readonly identity: string;
  readonly #request: NeutralRequest;
  #block: Block | undefined;
  #input = '';
  #usage: Record<string, unknown> | undefined;
  #reason: StopReason = 'end';
  #explanation: string | undefined;
  readonly #citations: Citation[] = [];

  constructor({ request, model, requestId }: AnswerContext) {
    this.#request = request;
    this.#showsThoughts = request.reasoning?.isShown === true;
    this.identity = `"modelVersion":${JSON.stringify(model)},"responseId":${JSON.stringify(requestId)}`;
  }

  /** The part that an event makes, as JSON; undefined where it makes none. */
  part(event: NeutralEvent): string | undefined {
    switch (event.type) {
      case 'open':
        return this.#open(event.block);
      case 'delta':
        return this.delta(event.text, JSON.stringify(event.text));
      case 'signature':
        return thoughtPart(this.#isRedacted() ? undefined : '""', event.signature);
      case 'close':
        return this.#close();
      case 'citation':
        this.#citations.push(event.citation);
        return undefined;
      case 'usage':
        this.#usage = writeUsage(event.usage);
        return undefined;
      case 'stop':
        this.#reason = event.reason;
        this.#explanation = event.explanation;
        return undefined;
      default:
        return undefined;
    }
  }

  /** The whole response with these parts and all that is said at the end. */
  final(parts: string): string {
    const message = this.#explanation === undefined ? '' : `,"finishMessage":${JSON.stringify(this.#explanation)}`;
    const grounding = groundingOf(this.#citations);
    const sources = grounding ? `,"groundingMetadata":${JSON.stringify(grounding)}` : '';
    const usage = this.#usage ? `"usageMetadata":${JSON.stringify(this.#usage)},` : '';
    const candidate = `{"content":{"parts":[${parts}],"role":"model"},"finishReason":"${finishOfStop(this.#reason)}"${message},"index":0${sources}}`;
    return `{"candidates":[${candidate}],${usage}${this.identity}}`;
  }

  #isRedacted(): boolean {
    return this.#block?.kind === 'thinking' && this.#block.isRedacted === true;
  }

  #open(block: Block): string | undefined {
    this.#block = block;
    this.#input = '';
    return block.kind === 'opaque' && block.protocol === 'gemini' ? JSON.stringify(block.value) : undefined;
  }

  /** The part that more of the open block makes. */
  delta(text: string, json: string): string | undefined {
    switch (this.#block?.kind) {
      case 'text':
      case 'refusal':
        return textPart(json);
      case 'thinking':
        return this.#showsThoughts ? thoughtPart(json) : undefined;
      case 'tool_call':
        this.#input += text;
        return undefined;
      default:
        return undefined;
    }
  }

  #close(): string | undefined {
    const block = this.#block;
    this.#block = undefined;
    if (block?.kind !== 'tool_call') return undefined;
    return callPart({ ...block, name: clientToolName(this.#request, block.name) }, this.#input);
  }
}
