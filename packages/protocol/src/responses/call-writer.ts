import { unwrapFreeform } from '../neutral/freeform.ts';
import { type ItemPlace, type ItemStatus, type ItemWriter, writeAdded, writeDone } from './item-writer.ts';
import type { WireName } from './namespaces.ts';
import type { StreamWriter } from './stream-writer.ts';

/** A call of a function or of a custom tool. */
export class CallWriter implements ItemWriter {
  readonly #stream: StreamWriter;
  readonly #place: ItemPlace;
  readonly #type: 'function_call' | 'custom_tool_call';
  readonly #isWrapped: boolean;
  readonly #head: string;
  readonly #at: string;
  #input = '';

  /**
   * @param isCustom the client takes the call as one of a custom tool
   * @param isWrapped its text comes inside a JSON object, as the upstream knows no custom tools
   */
  constructor(
    stream: StreamWriter,
    place: ItemPlace,
    callId: string,
    called: WireName,
    isCustom: boolean,
    isWrapped: boolean,
  ) {
    this.#stream = stream;
    this.#place = place;
    this.#type = isCustom ? 'custom_tool_call' : 'function_call';
    this.#isWrapped = isWrapped;
    const namespace = called.namespace === undefined ? '' : `,"namespace":${JSON.stringify(called.namespace)}`;
    this.#head = `"id":"${place.id}","type":"${this.#type}","call_id":${JSON.stringify(callId)},"name":${JSON.stringify(called.name)}${namespace}`;
    this.#at = `"item_id":"${place.id}","output_index":${place.outputIndex}`;
    writeAdded(stream, place, this.#item('""', 'in_progress'));
  }

  /** What is wrapped is told when it is whole. */
  delta(text: string, json: string): void {
    this.#input += text;
    if (!this.#isWrapped) this.#tell(json);
  }

  endBlock(): void {
    if (this.#isWrapped) {
      this.#input = unwrapFreeform(this.#input);
      if (this.#input !== '') this.#tell(JSON.stringify(this.#input));
    } else if (this.#type === 'function_call' && this.#input === '') {
      // No arguments at all are no JSON, which clients parse.
      this.#input = '{}';
      this.#tell('"{}"');
    }
    const field = this.#type === 'function_call' ? 'arguments' : 'input';
    this.#stream.event(`response.${eventOf(this.#type)}.done`, `${this.#at},"${field}":${JSON.stringify(this.#input)}`);
  }

  finish(status: ItemStatus): string {
    return writeDone(this.#stream, this.#place, this.#item(JSON.stringify(this.#input), status));
  }

  #tell(json: string): void {
    this.#stream.event(`response.${eventOf(this.#type)}.delta`, `${this.#at},"delta":${json}`);
  }

  #item(input: string, status: string): string {
    const field = this.#type === 'function_call' ? 'arguments' : 'input';
    return `{${this.#head},"${field}":${input},"status":"${status}"}`;
  }
}

function eventOf(type: 'function_call' | 'custom_tool_call'): string {
  return type === 'function_call' ? 'function_call_arguments' : 'custom_tool_call_input';
}
