import { asObject, type JsonObject } from '../json/parse.ts';

/** Keywords that say nothing about what is valid, or that were acted on already. */
const silentKeywords: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'additionalItems',
  'unevaluatedProperties',
]);
const maxHintCharacters = 200;

/** A keyword in words; undefined where it need not be told. */
export function hintOf(keyword: string, value: unknown): string | undefined {
  if (silentKeywords.has(keyword) || keyword.startsWith('x-')) return undefined;
  const told = typeof value === 'string' ? value : JSON.stringify(value);
  return `${keyword}: ${told.length > maxHintCharacters ? `${told.slice(0, maxHintCharacters)}…` : told}`;
}

/** A schema with other keywords of the same meaning, where Gemini knows those and not these. */
export function normalize(schema: JsonObject): JsonObject {
  const normal: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) Object.assign(normal, normalKeyword(keyword, value, schema));
  return normal;
}

function normalKeyword(keyword: string, value: unknown, schema: JsonObject): JsonObject {
  switch (keyword) {
    case 'const':
      return typeof value === 'string' || typeof value === 'number' ? { enum: [value] } : { const: value };
    case 'oneOf':
      return schema['anyOf'] === undefined ? { anyOf: value } : { oneOf: value };
    case 'items':
      return Array.isArray(value) ? { prefixItems: value } : { items: value };
    case 'exclusiveMinimum':
      return isWhole(value, schema) && schema['minimum'] === undefined
        ? { minimum: Number(value) + 1 }
        : { [keyword]: value };
    case 'exclusiveMaximum':
      return isWhole(value, schema) && schema['maximum'] === undefined
        ? { maximum: Number(value) - 1 }
        : { [keyword]: value };
    case 'enum':
      return enumOf(value, schema);
    case 'nullable':
      return value === true && typeof schema['type'] === 'string' ? { type: [schema['type'], 'null'] } : {};
    case 'type':
      return schema['nullable'] === true && typeof value === 'string' ? {} : { type: value };
    default:
      return { [keyword]: value };
  }
}

function isWhole(value: unknown, { type }: JsonObject): boolean {
  return type === 'integer' && Number.isInteger(value);
}

/** Gemini has no null in lists of values: its type says that it may be null. */
function enumOf(value: unknown, { type }: JsonObject): JsonObject {
  if (!Array.isArray(value) || !value.includes(null) || !Array.isArray(type)) return { enum: value };
  return { enum: value.filter((entry) => entry !== null) };
}

/** One schema that says what all of them say; of two that contradict each other the later is obeyed. */
export function mergeAll(schemas: readonly JsonObject[]): JsonObject {
  const merged: Record<string, unknown> = Object.assign({}, ...schemas);
  const properties: JsonObject = Object.assign({}, ...schemas.map((schema) => asObject(schema['properties'])));
  const required = new Set(schemas.flatMap((schema) => listOf(schema['required'])));
  const allOf = schemas.flatMap((schema) => listOf(schema['allOf']));
  if (Object.keys(properties).length > 0) merged['properties'] = properties;
  if (required.size > 0) merged['required'] = [...required];
  if (allOf.length > 0) merged['allOf'] = allOf;
  return merged;
}

const mergedKeywords: ReadonlySet<string> = new Set(['properties', 'required', 'allOf', 'title', 'description']);

/** Whether two of these schemas say different things by one keyword, so that merging them loses one. */
export function contradict(schemas: readonly JsonObject[]): boolean {
  const said = new Map<string, string>();
  return schemas.some((schema) =>
    Object.entries(schema).some(([keyword, value]) => {
      if (mergedKeywords.has(keyword) || silentKeywords.has(keyword)) return false;
      const text = JSON.stringify(value);
      const before = said.get(keyword);
      said.set(keyword, text);
      return before !== undefined && before !== text;
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
