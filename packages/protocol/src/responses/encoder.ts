import type { RelayError, Usage } from '@ai-bridge/domain';
import { responsesError, type StreamErrorContext } from '../errors/render.ts';
import type { AnswerContext, Encoder } from '../neutral/codec.ts';
import type { Block, NeutralEvent, StopReason } from '../neutral/events.ts';
import { sealSignature } from '../neutral/signature.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import type { UpstreamError } from '../stream/reader.ts';
import { CallWriter } from './call-writer.ts';
import { clientError, endingOf } from './endings.ts';
import { type ItemStatus, type ItemWriter, writeAdded, writeDone } from './item-writer.ts';
import { MessageWriter } from './message-writer.ts';
import { wireName } from './namespaces.ts';
import { opaqueItemText } from './opaque-item.ts';
import { ReasoningWriter } from './reasoning-writer.ts';
import { type Progress, Skeleton } from './skeleton.ts';
import { StreamWriter } from './stream-writer.ts';

type Stop = NeutralEvent & { type: 'stop' };

/**
 * Neutral events as a Responses stream. An item ends when another opens or the answer stops, not with its block: neighbouring texts are
 * parts of one message, and only the end tells whether the last item was cut.
 */
export class ResponsesEncoder implements Encoder {
  readonly #context: AnswerContext;
  readonly #stream = new StreamWriter();
  readonly #skeleton: Skeleton;
  #output: string[] = [];
  /** For each of those, the number behind the event that told it. */
  readonly #toldBefore: number[] = [];
  /** The item that is not done, and whether the open block is of it: blocks that have no form here are passed over. */
  #item: ItemWriter | undefined;
  #isTold = false;
  #hasStarted = false;
  #hasRefusal = false;
  #usage: Usage | undefined;
  #reason: StopReason = 'end';
  #response = '';

  constructor(context: AnswerContext) {
    this.#context = context;
    this.#skeleton = new Skeleton(context);
  }

  encode(event: NeutralEvent): string {
    switch (event.type) {
      case 'delta':
        return this.delta(event.text, JSON.stringify(event.text));
      case 'ping':
        // A comment: the SDKs throw on events that they do not know.
        return ': ping\n\n';
      case 'usage':
        this.#usage = event.usage;
        return '';
      default:
        this.#start();
        this.#write(event);
    }
    return this.#stream.take();
  }

  delta(text: string, json: string): string {
    if (this.#isTold) this.#item?.delta(text, json);
    return this.#stream.take();
  }

  fail(error: RelayError, context: StreamErrorContext): string {
    this.#start();
    const next = context.sequenceNumber ?? this.#stream.next;
    // What was written and not sent was not paid for: items told there are not repeated.
    this.#output = this.#output.filter((_, index) => (this.#toldBefore[index] ?? 0) <= next);
    this.#stream.goOnAt(next);
    this.#usage = context.usage ?? this.#usage;
    this.#last({ status: 'failed', error: responsesError(error, context) });
    return this.#stream.take();
  }

  /** The Response object as it is now; whole behind the last event. */
  response(): string {
    return this.#response || this.#object({ status: 'in_progress' });
  }

  #write(event: Exclude<NeutralEvent, { type: 'delta' | 'ping' | 'usage' }>): void {
    switch (event.type) {
      case 'start':
        return;
      case 'open':
        return this.#open(event.block);
      case 'citation':
        if (this.#isTold) this.#item?.citation?.(event.citation);
        return;
      case 'signature':
        if (this.#isTold) this.#item?.signature?.(sealSignature(event.signature));
        return;
      case 'close':
        if (this.#isTold) this.#item?.endBlock();
        this.#isTold = false;
        return;
      case 'stop':
        return this.#stop(event);
      case 'end':
        return this.#end();
      case 'error':
        return this.#fail(event.error);
    }
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const fields = `"response":${this.#object({ status: 'in_progress' })}`;
    this.#stream.event('response.created', fields);
    this.#stream.event('response.in_progress', fields);
  }

  #open(block: Block): void {
    this.#isTold = block.kind !== 'opaque';
    switch (block.kind) {
      case 'text':
        return this.#openText('text', block.phase);
      case 'refusal':
        this.#hasRefusal = true;
        return this.#openText('refusal', undefined);
      case 'thinking':
        this.#openThinking();
        return;
      case 'tool_call':
        return this.#openCall(block);
      case 'opaque':
        return this.#addOpaque(block);
    }
  }

  #openText(kind: 'text' | 'refusal', phase: string | undefined): void {
    if (!(this.#item instanceof MessageWriter) || this.#item.phase !== phase) {
      this.#finishItem('completed');
      this.#item = new MessageWriter(this.#stream, this.#place('msg'), phase);
    }
    if (this.#item instanceof MessageWriter) this.#item.openPart(kind);
  }

  #openThinking(): void {
    this.#finishItem('completed');
    this.#item = new ReasoningWriter(this.#stream, this.#place('rs'));
  }

  /** A call has no slot for what Gemini signs it with: a reasoning item before it has. */
  #openCall(block: Block & { kind: 'tool_call' }): void {
    if (block.signature) {
      this.#openThinking();
      this.#item?.signature?.(sealSignature(block.signature));
    }
    this.#finishItem('completed');
    const { request } = this.#context;
    const name = clientToolName(request, block.name);
    const isWrapped =
      block.form === 'json' && request.tools.some((tool) => tool.kind === 'freeform' && tool.name === name);
    const isCustom = isWrapped || block.form === 'text';
    const place = this.#place(isCustom ? 'ctc' : 'fc');
    this.#item = new CallWriter(
      this.#stream,
      place,
      block.id,
      wireName({ ...block, name }, request.tools),
      isCustom,
      isWrapped,
    );
  }

  #addOpaque(block: Block & { kind: 'opaque' }): void {
    if (block.protocol !== 'openai-responses') return;
    this.#finishItem('completed');
    const place = this.#place('item');
    const item = opaqueItemText(block, place.id);
    writeAdded(this.#stream, place, item);
    this.#add(writeDone(this.#stream, place, item));
  }

  #place(prefix: string): { id: string; outputIndex: number } {
    const outputIndex = this.#output.length;
    return { id: `${prefix}_${this.#context.requestId}_${outputIndex}`, outputIndex };
  }

  #finishItem(status: ItemStatus): void {
    if (this.#item) this.#add(this.#item.finish(status));
    this.#item = undefined;
  }

  #add(item: string): void {
    this.#output.push(item);
    this.#toldBefore.push(this.#stream.next);
  }

  #stop({ reason, explanation }: Stop): void {
    this.#reason = reason === 'refusal' && this.#hasRefusal ? 'end' : reason;
    if (this.#reason === 'refusal' && explanation) {
      this.#openText('refusal', undefined);
      this.#item?.delta(explanation, JSON.stringify(explanation));
      this.#item?.endBlock();
    }
    const { status } = endingOf(this.#reason);
    this.#finishItem(status === 'completed' ? 'completed' : 'incomplete');
  }

  #end(): void {
    this.#last(endingOf(this.#reason));
  }

  /** What is open stays so: a client would take an item that is done for whole, and run a call that was cut. */
  #fail(error: UpstreamError): void {
    this.#last({ status: 'failed', error: clientError(error) });
  }

  #last(ending: Pick<Progress, 'status' | 'incompleteReason' | 'error'>): void {
    this.#response = this.#object(ending);
    this.#stream.event(`response.${ending.status}`, `"response":${this.#response}`);
  }

  #object(ending: Pick<Progress, 'status' | 'incompleteReason' | 'error'>): string {
    return this.#skeleton.write({ ...ending, output: this.#output, usage: this.#usage });
  }
}
