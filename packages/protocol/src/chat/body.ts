import type { Usage } from '@ai-bridge/domain';
import type { AnswerContext } from '../neutral/codec.ts';
import type { Block, NeutralEvent } from '../neutral/events.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import { annotationOf } from './annotations.ts';
import { detailsOf, isFreeform, toolCall } from './encoder.ts';
import { finishReasonOf } from './finish.ts';
import { tierField, writeChatUsage } from './usage.ts';

/** An answer without a stream, as JSON text. */
export function encodeChatBody(events: readonly NeutralEvent[], context: AnswerContext): string {
  const answer = new Answer(context);
  for (const event of events) answer.take(event);
  const usage = answer.usage ?? { input: context.promptTokens };
  return JSON.stringify({
    id: `chatcmpl-${context.requestId}`,
    object: 'chat.completion',
    created: Math.floor(context.createdAtSeconds),
    model: context.model,
    ...(context.provider === undefined ? {} : { provider: context.provider }),
    choices: [{ index: 0, message: answer.message(), logprobs: null, finish_reason: answer.finishReason }],
    usage: writeChatUsage(usage),
    ...tierField(usage),
  });
}

class Answer {
  finishReason = 'stop';
  usage: Usage | undefined;
  readonly #context: AnswerContext;
  readonly #texts = { text: '', thinking: '', refusal: '' };
  readonly #calls: object[] = [];
  readonly #annotations: unknown[] = [];
  readonly #extensions: Record<string, unknown> = {};
  #block: Block | undefined;
  #input = '';

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  take(event: NeutralEvent): void {
    switch (event.type) {
      case 'open':
        return this.#open(event.block);
      case 'delta':
        return this.#add(event.text);
      case 'close':
        return this.#close();
      case 'citation': {
        const annotation = annotationOf(event.citation, this.#texts.text.length);
        if (annotation !== undefined) this.#annotations.push(annotation);
        return;
      }
      case 'signature':
        this.#extensions['reasoning_details'] = detailsOf(event.signature);
        return;
      case 'usage':
        this.usage = event.usage;
        return;
      case 'stop':
        return this.#stop(event);
      default:
    }
  }

  /** `content` is null where there is no text but something else. */
  message(): object {
    const { text, thinking, refusal } = this.#texts;
    const isShown = this.#context.request.reasoning?.isShown !== false;
    const hasOther = this.#calls.length > 0 || refusal !== '' || 'audio' in this.#extensions;
    return {
      role: 'assistant',
      content: text || (hasOther ? null : ''),
      refusal: refusal || null,
      ...(thinking && isShown ? { reasoning_content: thinking } : {}),
      ...(this.#calls.length > 0 ? { tool_calls: this.#calls } : {}),
      ...(this.#annotations.length > 0 ? { annotations: this.#annotations } : {}),
      ...(isShown ? this.#extensions : {}),
    };
  }

  #open(block: Block): void {
    this.#block = block;
    this.#input = '';
    if (block.kind === 'opaque' && block.protocol === 'openai-chat') this.#extensions[block.name] = block.value;
  }

  #add(text: string): void {
    const kind = this.#block?.kind;
    if (kind === 'tool_call') this.#input += text;
    else if (kind && kind !== 'opaque') this.#texts[kind] += text;
  }

  #close(): void {
    const block = this.#block;
    if (block?.kind !== 'tool_call') return;
    const name = clientToolName(this.#context.request, block.name);
    const custom = isFreeform(this.#context, block, name) ? this.#input : undefined;
    this.#calls.push(toolCall(block, name, this.#input || '{}', custom));
  }

  #stop({ reason, explanation }: Extract<NeutralEvent, { type: 'stop' }>): void {
    this.finishReason = finishReasonOf(reason, this.#calls.length > 0, this.#texts.refusal !== '');
    if (reason === 'refusal' && explanation) this.#texts.refusal ||= explanation;
  }
}
