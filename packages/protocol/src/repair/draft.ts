import type { Loss } from '@ai-bridge/domain';
import { type JsonObject, parseObjectText } from '../json/parse.ts';
import { childrenOf, type JsonChild, type JsonValue, rootOf } from './json-tree.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A request's body that is being repaired. Only what a change names is written anew; every other byte, numbers beyond a double's reach and
 * the order of keys included, stays as it is.
 */
export class Draft {
  readonly changes: Loss[] = [];
  readonly #body: Buffer;
  readonly #edits: Edit[] = [];
  readonly #children = new Map<number, readonly JsonChild[]>();
  readonly #removed = new Map<JsonValue, Set<JsonChild>>();
  #read: { readonly text: string; readonly root: JsonValue } | undefined;

  /** @param body well-formed JSON in UTF-8 */
  constructor(body: Buffer) {
    this.#body = body;
  }

  get root(): JsonValue {
    return this.#whole.root;
  }

  get #text(): string {
    return this.#whole.text;
  }

  /** Read only where a rule looks at it: most refusals are about nothing that can be repaired. */
  get #whole() {
    if (!this.#read) {
      const text = this.#body.toString();
      this.#read = { text, root: rootOf(text) };
    }
    return this.#read;
  }

  children(value: JsonValue): readonly JsonChild[] {
    const known = this.#children.get(value.start);
    if (known) return known;
    const children = childrenOf(this.#text, value);
    this.#children.set(value.start, children);
    return children;
  }

  /** The field under one of these keys; the last one where there are several. */
  field(object: JsonValue | undefined, ...keys: string[]): JsonChild | undefined {
    return object && this.children(object).findLast(({ key }) => key !== undefined && keys.includes(key));
  }

  /** A string or number; undefined for anything else. */
  scalar(value: JsonValue | undefined): string | number | undefined {
    if (!value || '{['.includes(this.#text.charAt(value.start))) return undefined;
    const read: unknown = JSON.parse(this.#text.slice(value.start, value.end));
    return typeof read === 'string' || typeof read === 'number' ? read : undefined;
  }

  /** A small object, parsed. */
  object(value: JsonValue | undefined): JsonObject | undefined {
    return value && parseObjectText(this.#text.slice(value.start, value.end));
  }

  number(value: JsonValue | undefined): number | undefined {
    const read = this.scalar(value);
    return typeof read === 'number' ? read : undefined;
  }

  write(value: JsonValue, json: unknown, path: string, reason: string): void {
    this.#edits.push({ start: value.start, end: value.end, text: JSON.stringify(json) });
    this.changes.push({ path, reason });
  }

  rename({ from, start }: JsonChild, key: string, path: string, reason: string): void {
    this.#edits.push({ start: from, end: start, text: `${JSON.stringify(key)}:` });
    this.changes.push({ path, reason });
  }

  add(object: JsonValue, key: string, json: unknown, path: string, reason: string): void {
    const at = object.start + 1;
    const comma = this.children(object).length > 0 ? ',' : '';
    this.#edits.push({ start: at, end: at, text: `${JSON.stringify(key)}:${JSON.stringify(json)}${comma}` });
    this.changes.push({ path, reason });
  }

  remove(container: JsonValue, child: JsonChild, path: string, reason: string): void {
    const removed = this.#removed.get(container) ?? new Set();
    this.#removed.set(container, removed.add(child));
    this.changes.push({ path, reason });
  }

  /** The body with all changes. */
  toBuffer(): Buffer {
    const edits = [...this.#edits, ...this.#cuts()].sort((a, b) => a.start - b.start || b.end - a.end);
    let text = '';
    let copied = 0;
    for (const { start, end, text: written } of edits) {
      // Inside of what is gone already.
      if (start < copied) continue;
      text += this.#text.slice(copied, start) + written;
      copied = end;
    }
    return Buffer.from(text + this.#text.slice(copied));
  }

  /** Each child goes with one comma: the one before it, or behind it where nothing is left before it. */
  #cuts(): Edit[] {
    const cuts: Edit[] = [];
    for (const [container, removed] of this.#removed) {
      const children = this.children(container);
      let kept = false;
      for (const [index, child] of children.entries()) {
        if (!removed.has(child)) {
          kept = true;
          continue;
        }
        const start = kept ? (children[index - 1]?.end ?? child.from) : child.from;
        const end = kept ? child.end : (children[index + 1]?.from ?? child.end);
        cuts.push({ start, end, text: '' });
      }
    }
    return cuts;
  }
}
