import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import type { Decoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import type { SseEvent } from '../stream/events.ts';
import { BlockWriter } from './block-writer.ts';
import { OutputReader } from './output-reader.ts';
import { errorOf, stopOf, usageOf } from './response-end.ts';

const nothing: readonly NeutralEvent[] = [];
const prefix = 'response.';
const deltas: ReadonlySet<unknown> = new Set([
  'response.output_text.delta',
  'response.refusal.delta',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
]);
const unread: ReadonlySet<string> = new Set(['sequence_number', 'obfuscation']);

/** Events of a Responses stream as neutral ones. The data says what an event is; the `event:` line may be missing. */
export class ResponsesDecoder implements Decoder {
  readonly unread = unread;
  readonly #blocks: BlockWriter;
  readonly #output: OutputReader;
  #hasStarted = false;
  #isOver = false;

  constructor(origin: Origin) {
    this.#blocks = new BlockWriter(origin);
    this.#output = new OutputReader(this.#blocks);
  }

  decode({ name, data }: SseEvent): readonly NeutralEvent[] {
    // `[DONE]` is no object, and nothing of this protocol's.
    const parsed = this.#isOver || data === undefined ? undefined : parseObjectText(data);
    return parsed ? this.read(asText(parsed['type']) ?? name, parsed) : nothing;
  }

  /** One event whose data is parsed already. */
  read(type: string | undefined, data: JsonObject): readonly NeutralEvent[] {
    if (type === 'error' || (type === undefined && data['error'])) {
      this.#fail(errorOf(data['error'] ?? { code: data['code'], message: data['message'] }));
    } else if (type?.startsWith(prefix)) {
      this.#readOwn(type.slice(prefix.length), data);
    } else if (type === 'keepalive' && this.#hasStarted) {
      this.#blocks.put({ type: 'ping' });
    }
    return this.#blocks.take();
  }

  end(): readonly NeutralEvent[] {
    if (this.#isOver || !this.#hasStarted) return nothing;
    this.#isOver = true;
    this.#output.finish([]);
    return this.#blocks.take();
  }

  soleText(data: JsonObject): string | undefined {
    return deltas.has(data['type']) ? asText(data['delta']) : undefined;
  }

  more(text: string): boolean {
    this.#output.more(text);
    return true;
  }

  #readOwn(name: string, data: JsonObject): void {
    switch (name) {
      case 'created':
      case 'queued':
      case 'in_progress':
        this.#start(asObject(data['response']));
        return;
      case 'completed':
      case 'incomplete':
      case 'failed':
      case 'cancelled':
        this.#finish(name, asObject(data['response']) ?? {});
        return;
      default:
        this.#start(undefined);
        this.#output.read(name, data);
    }
  }

  #start(response: JsonObject | undefined): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#blocks.put({ type: 'start', id: asText(response?.['id']), model: asText(response?.['model']) });
  }

  #finish(name: 'completed' | 'incomplete' | 'failed' | 'cancelled', response: JsonObject): void {
    this.#start(response);
    const usage = usageOf(response);
    if (name === 'failed' || name === 'cancelled') {
      if (usage) this.#blocks.put({ type: 'usage', usage });
      this.#fail(errorOf(response['error'] ?? { code: name }));
      return;
    }
    const output: unknown = response['output'];
    this.#output.finish(Array.isArray(output) ? output : []);
    if (usage) this.#blocks.put({ type: 'usage', usage });
    this.#blocks.put({ type: 'stop', reason: stopOf(name, response, this.#blocks) });
    this.#blocks.put({ type: 'end' });
    this.#isOver = true;
  }

  #fail(error: ReturnType<typeof errorOf>): void {
    this.#blocks.put({ type: 'error', error });
    this.#isOver = true;
  }
}
