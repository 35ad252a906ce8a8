import { createHash } from 'node:crypto';
import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import type { Origin, Signature } from '../neutral/signature.ts';
import type { Blocks } from './blocks.ts';
import { thoughtSignature } from './parse-messages.ts';

interface Call {
  /** The upstream's own number of it. */
  readonly index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  form: 'json' | 'text';
  signature: Signature | undefined;
  input: string;
  /** How much of the input is written; undefined: the block is not open yet. */
  written: number | undefined;
}

/**
 * Puts the fragments of parallel tool calls in order. The first call that is not finished is written as it comes; what comes of later
 * ones is kept until it is their turn.
 */
export class ToolCalls {
  readonly #calls: Call[] = [];
  readonly #origin: Origin;
  /** The call whose turn it is. */
  #turn = 0;
  /** How many calls became blocks. */
  count = 0;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  /** Whether fragments wait, or a call is open that is not surely whole. */
  get arePending(): boolean {
    for (let turn = this.#turn; turn < this.#calls.length; turn++) {
      const call = this.#calls[turn];
      if (call?.name !== undefined && !isWhole(call)) return true;
    }
    return false;
  }

  take(fragments: readonly unknown[], blocks: Blocks, seed: string): void {
    for (const value of fragments) {
      const fragment = asObject(value);
      if (fragment) this.#takeOne(fragment);
    }
    this.#advance(blocks, seed);
  }

  /**
   * More of the call that is written, which is the last one.
   * @returns false where it is not: others wait for its end, so it has to be looked at
   */
  more(text: string): boolean {
    const call = this.#calls[this.#turn];
    if (!call || this.#turn !== this.#calls.length - 1) return false;
    call.input += text;
    call.written = call.input.length;
    return true;
  }

  /** Nothing more comes: all that is left is written. A call without a name is none. */
  flush(blocks: Blocks, seed: string): void {
    for (; this.#turn < this.#calls.length; this.#turn++) {
      const call = this.#calls[this.#turn];
      if (!call || call.name === undefined) continue;
      this.#write(call, call.name, blocks, seed);
      blocks.close();
    }
  }

  #takeOne(fragment: JsonObject): void {
    const called = asObject(fragment['function']) ?? asObject(fragment['custom']) ?? {};
    const id = asText(fragment['id']);
    const name = asText(called['name']);
    const input = inputOf(called['arguments'] ?? called['input']);
    const call = this.#callOf(fragment['index'], id, name, input);
    call.id ??= id;
    call.name ??= name;
    if (fragment['type'] === 'custom' || fragment['custom']) call.form = 'text';
    const blob = thoughtSignature(fragment);
    if (blob) call.signature = { origin: this.#origin, blob };
    call.input += input;
  }

  #callOf(number: unknown, id: string | undefined, name: string | undefined, input: string): Call {
    const index = typeof number === 'number' ? number : undefined;
    const known = index === undefined ? this.#withoutIndex(id, name) : this.#calls.findLast((c) => c.index === index);
    if (known && !startsAnother(known, id, name, input)) return known;
    const call = { index, id, name, form: 'json', signature: undefined, input: '', written: undefined } as const;
    this.#calls.push({ ...call });
    return this.#calls.at(-1) ?? call;
  }

  /** Vendors that number nothing tell a call whole, or one behind the other. */
  #withoutIndex(id: string | undefined, name: string | undefined): Call | undefined {
    const same = id === undefined ? undefined : this.#calls.findLast((call) => call.id === id);
    if (same) return same;
    const last = this.#calls.at(-1);
    return name !== undefined && last?.name !== undefined ? undefined : last;
  }

  #advance(blocks: Blocks, seed: string): void {
    for (; this.#turn < this.#calls.length; this.#turn++) {
      const call = this.#calls[this.#turn];
      if (!call) return;
      const isLast = this.#turn === this.#calls.length - 1;
      const canFinish = !isLast && isWhole(call);
      if (call.name === undefined || (call.id === undefined && !canFinish)) return;
      this.#write(call, call.name, blocks, seed);
      if (!canFinish) return;
      blocks.close();
    }
  }

  #write(call: Call, name: string, blocks: Blocks, seed: string): void {
    if (call.written === undefined) {
      call.id ??= inventedId(seed, this.count, name);
      blocks.open({ kind: 'tool_call', id: call.id, name, form: call.form, signature: call.signature });
      call.written = 0;
      this.count++;
    }
    blocks.delta(call.input.slice(call.written));
    call.written = call.input.length;
  }
}

/**
 * Some vendors give all calls index 0: another id together with a name begins another call, as does a name without an id behind
 * arguments that are whole.
 */
function startsAnother(known: Call, id: string | undefined, name: string | undefined, input: string): boolean {
  if (name === undefined || known.name === undefined) return false;
  if (id !== undefined && known.id !== undefined) return id !== known.id;
  return id === known.id && input !== '' && isWhole(known);
}

/** An object that parses cannot go on; any other text might. */
function isWhole({ form, input }: Call): boolean {
  return form === 'json' && input.trimEnd().endsWith('}') && parseObjectText(input) !== undefined;
}

/** Some vendors tell arguments as the object that they are. */
function inputOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return asObject(value) ? JSON.stringify(value) : '';
}

/**
 * An id for a call that came without: of the answer's own id and the call's place in it, so that it is another one in each answer of a
 * conversation, and the same one each time that this answer is read.
 */
function inventedId(seed: string, place: number, name: string): string {
  return `call_${createHash('sha256').update(`${seed}/${place}/${name}`).digest('hex').slice(0, 24)}`;
}
