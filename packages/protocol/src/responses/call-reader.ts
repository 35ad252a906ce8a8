import { asText, type JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import type { ItemReader } from './item-reader.ts';
import { namespacedName } from './namespaces.ts';

/** A call of a function or of a custom tool. It opens once its name is known; what came before is kept until then. */
export class CallReader implements ItemReader {
  readonly #blocks: BlockWriter;
  readonly #form: 'json' | 'text';
  #isOpen = false;
  #sent = 0;
  #waiting = '';

  constructor(blocks: BlockWriter, item: JsonObject) {
    this.#blocks = blocks;
    this.#form = item['type'] === 'custom_tool_call' ? 'text' : 'json';
    this.#open(item);
  }

  read(type: string, data: JsonObject): void {
    switch (type) {
      case 'function_call_arguments.delta':
      case 'custom_tool_call_input.delta':
        this.#tell(inputText(data['delta']));
        return;
      case 'function_call_arguments.done':
        this.#fill(inputText(data['arguments']));
        return;
      case 'custom_tool_call_input.done':
        this.#fill(inputText(data['input']));
        return;
    }
  }

  more(text: string): void {
    this.#sent += text.length;
  }

  finish(item: JsonObject): void {
    this.#open(item);
    this.#fill(inputText(item[this.#form === 'json' ? 'arguments' : 'input']));
    if (this.#isOpen) this.#blocks.close();
  }

  #open(item: JsonObject): void {
    const name = asText(item['name']);
    const id = asText(item['call_id']) ?? asText(item['id']);
    if (this.#isOpen || name === undefined || id === undefined) return;
    const namespace = asText(item['namespace']);
    const called = namespace ? { name: namespacedName(namespace, name), namespace } : { name };
    this.#blocks.open({ kind: 'tool_call', id, ...called, form: this.#form });
    this.#isOpen = true;
    this.#blocks.delta(this.#waiting);
    this.#waiting = '';
  }

  #tell(text: string): void {
    this.#sent += text.length;
    if (this.#isOpen) this.#blocks.delta(text);
    else this.#waiting += text;
  }

  #fill(whole: string): void {
    if (whole.length > this.#sent) this.#tell(whole.slice(this.#sent));
  }
}

/** Some upstreams send arguments as an object, not as its text. */
function inputText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
}
