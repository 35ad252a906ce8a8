import { RelayError, type Usage } from '@ai-bridge/domain';
import { renderStreamError } from '../errors/render.ts';
import { parseObjectText } from '../json/parse.ts';
import type { AnswerContext, Encoder } from '../neutral/codec.ts';
import type { Block, NeutralEvent } from '../neutral/events.ts';
import { unwrapFreeform } from '../neutral/freeform.ts';
import { type Signature, sealSignature } from '../neutral/signature.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import { annotationOf } from './annotations.ts';
import { finishReasonOf } from './finish.ts';
import { tierField, writeChatUsage } from './usage.ts';

type CallBlock = Extract<Block, { kind: 'tool_call' }>;

/** Writes the chunks of one answer. */
export class ChatEncoder implements Encoder {
  readonly #context: AnswerContext;
  readonly #hidesThinking: boolean;
  /** What all chunks begin with, and what a chunk with a delta begins and ends with. */
  readonly #head: string;
  readonly #beforeDelta: string;
  readonly #afterDelta: string;
  /** The same around a text, of which there is one per token. */
  readonly #beforeText: string;
  readonly #afterText: string;
  #kind: Block['kind'] | undefined;
  /** How many tool calls there were before the open block. */
  #calls = 0;
  /** A call of a tool of free text, kept until it is whole. */
  #custom: CallBlock | undefined;
  #input = '';
  #textLength = 0;
  #hasRefused = false;
  #usage: Usage | undefined;

  constructor(context: AnswerContext) {
    const { requestId, createdAtSeconds, model, provider, includeUsage, request } = context;
    const created = Math.floor(createdAtSeconds);
    const usage = includeUsage ? ',"usage":null' : '';
    this.#context = context;
    this.#hidesThinking = request.reasoning?.isShown === false;
    this.#head = `data: {"id":"chatcmpl-${requestId}","object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},${provider === undefined ? '' : `"provider":${JSON.stringify(provider)},`}`;
    this.#beforeDelta = `${this.#head}"choices":[{"index":0,"delta":`;
    this.#afterDelta = `,"logprobs":null,"finish_reason":null}]${usage}}\n\n`;
    this.#beforeText = inOnePiece(this.#beforeDelta, '{"content":');
    this.#afterText = inOnePiece('}', this.#afterDelta);
  }

  encode(event: NeutralEvent): string {
    switch (event.type) {
      case 'start':
        return this.#chunk('{"role":"assistant","content":"","refusal":null}');
      case 'open':
        return this.#open(event.block);
      case 'delta':
        return this.delta(event.text, JSON.stringify(event.text));
      case 'citation':
        return this.#cite(annotationOf(event.citation, this.#textLength));
      case 'signature':
        return this.#sign(event.signature);
      case 'close':
        return this.#close();
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'ping':
        return ': ping\n\n';
      case 'stop':
        return this.#stop(event);
      case 'error':
        return this.#error();
      case 'end':
        return this.#end();
    }
  }

  #chunk(delta: string): string {
    return this.#beforeDelta + delta + this.#afterDelta;
  }

  #open(block: Block): string {
    this.#kind = block.kind;
    if (block.kind === 'opaque') return this.#opaque(block);
    if (block.kind !== 'tool_call') return '';
    this.#input = '';
    const name = clientToolName(this.#context.request, block.name);
    this.#custom = isFreeform(this.#context, block, name) ? { ...block, name } : undefined;
    return this.#custom ? '' : this.#call(toolCall(block, name, '', undefined));
  }

  #call(call: object): string {
    return this.#chunk(`{"tool_calls":[${JSON.stringify({ index: this.#calls, ...call })}]}`);
  }

  delta(text: string, json: string): string {
    switch (this.#kind) {
      case 'text':
        this.#textLength += text.length;
        return this.#beforeText + json + this.#afterText;
      case 'thinking':
        return this.#hidesThinking ? '' : this.#chunk(`{"reasoning_content":${json}}`);
      case 'refusal':
        this.#hasRefused = true;
        return this.#chunk(`{"refusal":${json}}`);
      case 'tool_call':
        return this.#argumentsDelta(text, json);
      default:
        return '';
    }
  }

  #argumentsDelta(text: string, json: string): string {
    if (this.#custom) {
      this.#input += text;
      return '';
    }
    this.#input = 'told';
    return this.#chunk(`{"tool_calls":[{"index":${this.#calls},"function":{"arguments":${json}}}]}`);
  }

  /** Arguments that are no text at all break clients that parse them. */
  #close(): string {
    const kind = this.#kind;
    this.#kind = undefined;
    if (kind !== 'tool_call') return '';
    const custom = this.#custom;
    const rest = custom
      ? this.#call(toolCall(custom, custom.name, '', this.#input))
      : this.#input === ''
        ? this.#argumentsDelta('{}', '"{}"')
        : '';
    this.#calls++;
    return rest;
  }

  #cite(annotation: unknown): string {
    return annotation === undefined ? '' : this.#chunk(`{"annotations":[${JSON.stringify(annotation)}]}`);
  }

  /** Only this protocol's own proofs have a place here. */
  #sign({ origin, blob }: Signature): string {
    const isOwn = origin.protocol === 'openai-chat' && !this.#hidesThinking;
    return isOwn ? this.#chunk(`{"reasoning_details":${blob}}`) : '';
  }

  #opaque({ protocol, name, value }: Extract<Block, { kind: 'opaque' }>): string {
    if (protocol !== 'openai-chat') return '';
    return this.#chunk(JSON.stringify({ [name]: value }));
  }

  #stop({ reason, explanation }: Extract<NeutralEvent, { type: 'stop' }>): string {
    const told = reason === 'refusal' && explanation && !this.#hasRefused ? explanation : undefined;
    const refusal = told ? this.#chunk(`{"refusal":${JSON.stringify(told)}}`) : '';
    const finish = finishReasonOf(reason, this.#calls > 0, this.#hasRefused);
    const usage = this.#context.includeUsage ? ',"usage":null' : '';
    return `${refusal}${this.#beforeDelta}{},"logprobs":null,"finish_reason":"${finish}"}]${usage}}\n\n`;
  }

  #end(): string {
    if (!this.#context.includeUsage) return 'data: [DONE]\n\n';
    const usage = this.#usage ?? { input: this.#context.promptTokens };
    const last = JSON.stringify({ choices: [], usage: writeChatUsage(usage), ...tierField(usage) }).slice(1);
    return `${this.#head}${last}\n\ndata: [DONE]\n\n`;
  }

  /** Without `[DONE]`, or clients would take the answer for complete. What the upstream says may name things no client should see. */
  #error(): string {
    const { requestId } = this.#context;
    return renderStreamError('openai-chat', new RelayError('upstream_broke'), { requestId, language: 'en' }).toString();
  }
}

/** What is added up remains a tree of its parts, which is walked anew for every chunk that it goes into; what is joined is one string. */
function inOnePiece(...parts: readonly string[]): string {
  return parts.join('');
}

/** Whether the client reads this call as one of free text: the upstream may have known the tool as a function only. */
export function isFreeform({ request }: AnswerContext, { form }: CallBlock, name: string): boolean {
  return form === 'text' || request.tools.some((tool) => tool.kind === 'freeform' && tool.name === name);
}

/**
 * A call in the client's words.
 * @param custom the whole input, for a tool of free text
 */
export function toolCall(block: CallBlock, name: string, input: string, custom: string | undefined): object {
  const { id, form, signature } = block;
  const extra = signature && { extra_content: { google: { thought_signature: sealSignature(signature) } } };
  if (custom === undefined) return { id, type: 'function', function: { name, arguments: input }, ...extra };
  return { id, type: 'custom', custom: { name, input: form === 'text' ? custom : unwrapFreeform(custom) }, ...extra };
}

/** The details of thinking that a proof of this protocol is. */
export function detailsOf({ origin, blob }: Signature): unknown {
  if (origin.protocol !== 'openai-chat') return undefined;
  return parseObjectText(`{"details":${blob}}`)?.['details'];
}
