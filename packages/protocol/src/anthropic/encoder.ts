import { RelayError, type Usage } from '@ai-bridge/domain';
import { renderStreamError } from '../errors/render.ts';
import type { AnswerContext, Encoder } from '../neutral/codec.ts';
import type { Block, NeutralEvent } from '../neutral/events.ts';
import type { Signature } from '../neutral/signature.ts';
import type { UpstreamError } from '../stream/reader.ts';
import { callInput, callSeals, citationJson, isTold, slotText, toolUseStart } from './encode-block.ts';
import { messageJson, notStopped, stopFields } from './message.ts';
import { usageOrEstimate, writeUsage } from './usage.ts';

const busyTypes = /overload|rate_limit|resource_exhausted|slow_down|unavailable|^(429|503|529)$/i;

/**
 * The stream of a Messages answer. message_start waits for the first event of the answer itself, since the usage that comes before belongs
 * into it. Blocks without content are not told, so indexes are counted here. The input of a call is sent whole when it is known to be JSON.
 */
export class AnthropicEncoder implements Encoder {
  readonly #context: AnswerContext;
  #hasStarted = false;
  #usage: Usage | undefined;
  #stop: Extract<NeutralEvent, { type: 'stop' }> | undefined;
  #block: Block | undefined;
  /** Whether content_block_start was sent for the block. */
  #isOpen = false;
  #index = -1;
  #input = '';
  #signature: Signature | undefined;

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  encode(event: NeutralEvent): string {
    switch (event.type) {
      case 'delta':
        return this.delta(event.text, JSON.stringify(event.text));
      case 'open':
        return this.#start() + this.#openBlock(event.block);
      case 'close':
        return this.#close();
      case 'citation':
        return this.#citation(citationJson(event.citation));
      case 'signature':
        this.#signature = event.signature;
        return '';
      case 'start':
        return '';
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'ping':
        return `${this.#start()}event: ping\ndata: {"type":"ping"}\n\n`;
      case 'stop':
        this.#stop = event;
        return '';
      case 'end':
        return this.#start() + this.#end();
      case 'error':
        return this.#error(event.error);
    }
  }

  #start(): string {
    if (this.#hasStarted) return '';
    this.#hasStarted = true;
    const message = messageJson(this.#context, '[]', notStopped, this.#knownUsage());
    return `event: message_start\ndata: {"type":"message_start","message":${message}}\n\n`;
  }

  #knownUsage(): Usage {
    return usageOrEstimate(this.#usage, this.#context.promptTokens);
  }

  #openBlock(block: Block): string {
    this.#block = block;
    this.#isOpen = false;
    this.#input = '';
    this.#signature = undefined;
    switch (block.kind) {
      case 'text':
      case 'refusal':
        return '';
      case 'thinking':
        return block.isRedacted ? '' : this.#blockStart('{"type":"thinking","thinking":"","signature":""}');
      case 'tool_call':
        return (
          callSeals(block)
            .map((seal) => this.#blockStart(seal) + this.#blockStop())
            .join('') + this.#blockStart(`${toolUseStart(block, this.#context.request)}{}}`)
        );
      case 'opaque':
        return isTold(block) ? this.#blockStart(JSON.stringify(block.value)) : '';
    }
  }

  #blockStart(content: string): string {
    this.#isOpen = true;
    this.#index++;
    return `event: content_block_start\ndata: {"type":"content_block_start","index":${this.#index},"content_block":${content}}\n\n`;
  }

  #blockStop(): string {
    this.#isOpen = false;
    return `event: content_block_stop\ndata: {"type":"content_block_stop","index":${this.#index}}\n\n`;
  }

  #blockDelta(type: string, key: string, json: string): string {
    return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${this.#index},"delta":{"type":"${type}","${key}":${json}}}\n\n`;
  }

  delta(text: string, json: string): string {
    switch (this.#block?.kind) {
      case 'text':
      case 'refusal':
        return this.#textStart() + this.#blockDelta('text_delta', 'text', json);
      case 'thinking':
        return this.#isOpen ? this.#blockDelta('thinking_delta', 'thinking', json) : '';
      case 'tool_call':
        this.#input += text;
        return '';
      default:
        return '';
    }
  }

  /** A text block is told with its first content: clients refuse to send empty ones back. */
  #textStart(): string {
    return this.#isOpen ? '' : this.#blockStart('{"type":"text","text":"","citations":null}');
  }

  #citation(json: string | undefined): string {
    if (json === undefined || this.#block?.kind !== 'text') return '';
    return this.#textStart() + this.#blockDelta('citations_delta', 'citation', json);
  }

  #close(): string {
    const events = this.#lastOfBlock();
    const closed = this.#isOpen ? events + this.#blockStop() : '';
    this.#block = undefined;
    return closed;
  }

  #lastOfBlock(): string {
    const block = this.#block;
    if (block?.kind === 'tool_call') {
      const input = JSON.stringify(callInput(block.form, this.#input));
      return this.#blockDelta('input_json_delta', 'partial_json', input);
    }
    if (block?.kind !== 'thinking') return '';
    const slot = JSON.stringify(slotText(this.#signature));
    if (!block.isRedacted) return this.#blockDelta('signature_delta', 'signature', slot);
    return this.#signature ? this.#blockStart(`{"type":"redacted_thinking","data":${slot}}`) : '';
  }

  #end(): string {
    const delta = JSON.stringify({ ...stopFields(this.#stop), container: null });
    const usage = JSON.stringify(writeUsage(this.#knownUsage()));
    return `event: message_delta\ndata: {"type":"message_delta","delta":${delta},"usage":${usage}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`;
  }

  /** In our own words: the upstream's may name what no client should see. */
  #error({ type }: UpstreamError): string {
    const error = new RelayError(busyTypes.test(type) ? 'overloaded' : 'upstream_broke');
    const { requestId } = this.#context;
    return renderStreamError('anthropic-messages', error, { requestId, language: 'en' }).toString();
  }
}
