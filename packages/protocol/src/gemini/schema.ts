import { asObject, type JsonObject } from '../json/parse.ts';
import { bad } from './fields.ts';
import type { Losses } from './losses.ts';
import { contradict, hintOf, mergeAll, normalize } from './schema-keywords.ts';

/** How many schemas a request may have more than it came with, its references written out: they can grow without bounds. */
export class Growth {
  #left = 20_000;

  /** @returns false where there is no more */
  take(): boolean {
    return this.#left-- > 0;
  }
}

const recursion = 'refers to itself, which the provider cannot follow';

export interface SchemaUse {
  /** Where the schema stands in the request. */
  readonly path: string;
  /** The answer must obey it to the letter: what cannot be said is an error instead of a loss. */
  readonly isStrict: boolean;
  readonly growth: Growth;
}

/**
 * A JSON schema as Gemini takes it (`parametersJsonSchema`, `responseJsonSchema`): only the keywords that it knows, references
 * written out where they are used. What it has no keyword for is put in words into the description, for the model to read.
 *
 * @throws RelayError invalid_request for a recursive or dangling reference in a strict schema, and for one that grows out of bounds
 */
export function repairSchema(schema: JsonObject, use: SchemaUse, losses: Losses): JsonObject {
  return new SchemaWriter(schema, use, losses).write();
}

class SchemaWriter {
  readonly #root: JsonObject;
  readonly #use: SchemaUse;
  readonly #losses: Losses;

  constructor(root: JsonObject, use: SchemaUse, losses: Losses) {
    this.#root = root;
    this.#use = use;
    this.#losses = losses;
  }

  write(): JsonObject {
    return this.#one(this.#root, []);
  }

  /** @param refs the references that are being written out around this schema */
  #one(value: unknown, refs: readonly string[]): JsonObject {
    if (refs.length > 0 && !this.#use.growth.take()) {
      throw bad(this.#use.path, 'is too large once its references are written out');
    }
    const schema = asObject(value);
    if (!schema) return {};
    if (typeof schema['$ref'] === 'string') return this.#referred(schema['$ref'], schema, refs);
    if (Array.isArray(schema['allOf'])) return this.#merged(schema, schema['allOf'], refs);
    return this.#keywords(normalize(schema), refs);
  }

  /** A schema with what stands in its `allOf`, which Gemini does not know, as keywords of its own. */
  #merged({ allOf: _allOf, ...beside }: JsonObject, parts: readonly unknown[], refs: readonly string[]): JsonObject {
    const within = [...refs];
    const schemas = parts.map((entry): JsonObject => {
      const { $ref: ref, ...part } = asObject(entry) ?? {};
      if (typeof ref !== 'string') return part;
      if (refs.includes(ref)) return this.#unsayable(recursion, this.#find(ref));
      within.push(ref);
      return mergeAll([this.#target(ref), part]);
    });
    if (contradict([...schemas, beside])) {
      this.#losses.once(this.#use.path, 'of several schemas that must all hold only one is obeyed in part');
    }
    return this.#one(mergeAll([...schemas, beside]), within);
  }

  #referred(ref: string, { $ref: _ref, ...beside }: JsonObject, refs: readonly string[]): JsonObject {
    if (refs.includes(ref)) return this.#unsayable(recursion, this.#find(ref));
    return this.#one(mergeAll([this.#target(ref), beside]), [...refs, ref]);
  }

  #target(ref: string): JsonObject {
    return this.#find(ref) ?? this.#unsayable(`refers to ${ref}, which is not in it`, undefined);
  }

  /** Anything of the right type, where the schema does not have to be obeyed to the letter. */
  #unsayable(reason: string, target: JsonObject | undefined): JsonObject {
    if (this.#use.isStrict) throw bad(this.#use.path, `the schema ${reason}`);
    this.#losses.once(this.#use.path, `the schema ${reason}`);
    return typeof target?.['type'] === 'string' ? { type: target['type'] } : {};
  }

  /** What a reference within the schema points at (`#`, `#/$defs/name`, `#/definitions/name` ...). */
  #find(ref: string): JsonObject | undefined {
    if (!ref.startsWith('#')) return undefined;
    let at: unknown = this.#root;
    for (const step of ref.slice(1).split('/').filter(Boolean)) {
      at = asObject(at)?.[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return asObject(at);
  }

  #keywords(schema: JsonObject, refs: readonly string[]): JsonObject {
    const written: Record<string, unknown> = {};
    const hints: string[] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      const said = this.#keyword(keyword, value, refs);
      if (said !== undefined) written[keyword] = said;
      const hint = said === undefined ? hintOf(keyword, value) : undefined;
      if (hint) hints.push(hint);
    }
    if (hints.length > 0) {
      this.#losses.once(this.#use.path, 'keywords that the provider does not know were put in words');
      written['description'] = [written['description'], `(${hints.join('; ')})`].filter(Boolean).join(' ');
    }
    return dropUnknownRequired(written);
  }

  /** The value of a keyword that Gemini knows; undefined where it knows the keyword or the value not. */
  #keyword(keyword: string, value: unknown, refs: readonly string[]): unknown {
    switch (keyword) {
      case 'properties':
        return this.#map(value, refs);
      case 'items':
        return this.#one(value, refs);
      case 'additionalProperties':
        return typeof value === 'boolean' ? value : this.#one(value, refs);
      case 'anyOf':
      case 'prefixItems':
        return Array.isArray(value) ? value.map((entry) => this.#one(entry, refs)) : undefined;
      case 'format':
        return formats.has(String(value)) ? value : undefined;
      case 'enum':
        return isPlainList(value) ? value : undefined;
      default:
        return plainKeywords.has(keyword) ? value : undefined;
    }
  }

  #map(value: unknown, refs: readonly string[]): JsonObject {
    const entries = Object.entries(asObject(value) ?? {});
    return Object.fromEntries(entries.map(([name, schema]) => [name, this.#one(schema, refs)]));
  }
}

const plainKeywords: ReadonlySet<string> = new Set([
  'type',
  'title',
  'description',
  'required',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'propertyOrdering',
]);
const formats: ReadonlySet<string> = new Set([
  'date-time',
  'date',
  'time',
  'float',
  'double',
  'int32',
  'int64',
  'enum',
]);

/** Gemini takes lists of texts and of numbers only. */
function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string' || typeof entry === 'number');
}

/** A property that is required and not described makes Gemini refuse the whole request. */
function dropUnknownRequired(schema: Record<string, unknown>): JsonObject {
  const { required, properties } = schema;
  const described = asObject(properties);
  if (!Array.isArray(required) || !described) return schema;
  return { ...schema, required: required.filter((name) => typeof name === 'string' && Object.hasOwn(described, name)) };
}
