import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json/parse.ts';
import { refusalOf } from './gemini.fixture.ts';
import { Losses } from './losses.ts';
import { Growth, repairSchema } from './schema.ts';

const repair = (schema: JsonObject, isStrict = false) => {
  const losses = new Losses();
  return { schema: repairSchema(schema, { path: 'p', isStrict, growth: new Growth() }, losses), losses: losses.list };
};

test('what Gemini takes stays as it is', () => {
  const schema = {
    type: 'object',
    title: 't',
    description: 'd',
    properties: {
      a: { type: ['string', 'null'], enum: ['x', 'y'] },
      $ref: { type: 'string', format: 'date-time' },
      list: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 5 }, minItems: 1, maxItems: 2 },
      either: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
    },
    required: ['a'],
    additionalProperties: false,
    propertyOrdering: ['a'],
  };
  expect(repair(schema)).toEqual({ schema, losses: [] });
});

test.each([
  [{ $schema: 'x', $id: 'y', $comment: 'z', type: 'string' }, { type: 'string' }],
  [{ const: 'a' }, { enum: ['a'] }],
  [{ oneOf: [{ type: 'string' }] }, { anyOf: [{ type: 'string' }] }],
  [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
  [
    { type: 'integer', exclusiveMinimum: 0 },
    { type: 'integer', minimum: 1 },
  ],
  [
    { type: 'array', items: [{ type: 'string' }] },
    { type: 'array', prefixItems: [{ type: 'string' }] },
  ],
  [
    { type: ['string', 'null'], enum: ['a', null] },
    { type: ['string', 'null'], enum: ['a'] },
  ],
  [
    { properties: { a: true }, required: ['a', 'b'] },
    { properties: { a: {} }, required: ['a'] },
  ],
  [
    {
      allOf: [
        { properties: { a: {} }, required: ['a'] },
        { properties: { b: {} }, required: ['b'] },
      ],
      type: 'object',
    },
    { type: 'object', properties: { a: {}, b: {} }, required: ['a', 'b'] },
  ],
])('%j is said in other words, without a loss', (schema, expected) => {
  expect(repair(schema)).toEqual({ schema: expected, losses: [] });
});

test('what there is no keyword for is told in the description', () => {
  const { schema, losses } = repair({ type: 'string', description: 'd', pattern: '^a', format: 'uri', minLength: 2 });
  expect(schema).toEqual({ type: 'string', description: 'd (pattern: ^a; format: uri; minLength: 2)' });
  expect(losses).toHaveLength(1);
});

test('schemas that must all hold are merged at every depth, and one that contradicts another is a loss', () => {
  const nested = { allOf: [{ allOf: [{ type: 'object' }] }, { allOf: [{ properties: { a: {} } }] }] };
  expect(repair(nested)).toEqual({ schema: { type: 'object', properties: { a: {} } }, losses: [] });
  expect(repair({ allOf: [{ minimum: 1 }, { minimum: 2 }] })).toMatchObject({
    schema: { minimum: 2 },
    losses: [{ path: 'p' }],
  });
});

describe('references', () => {
  test('are written out', () => {
    const schema = {
      $defs: { 'a/b': { type: 'string' } },
      definitions: { c: { allOf: [{ $ref: '#/$defs/a~1b' }] } },
      properties: { x: { $ref: '#/$defs/a~1b', description: 'x' }, y: { $ref: '#/definitions/c' } },
    };
    expect(repair(schema)).toEqual({
      schema: { properties: { x: { type: 'string', description: 'x' }, y: { type: 'string' } } },
      losses: [],
    });
  });

  const tree = {
    $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    $ref: '#/$defs/node',
  };

  test('to themselves are refused in strict schemas and left open in others', () => {
    expect(refusalOf(() => repair(tree, true))?.path).toBe('p');
    expect(repair(tree)).toMatchObject({
      schema: { type: 'object', properties: { next: { type: 'object' } } },
      losses: [{ path: 'p' }],
    });
    expect(refusalOf(() => repair({ allOf: [{ $ref: '#' }] }, true))?.path).toBe('p');
    expect(repair({ properties: { a: { $ref: '#' } } }).losses).toHaveLength(1);
  });

  test('to nothing are refused in strict schemas and left open in others', () => {
    expect(refusalOf(() => repair({ $ref: '#/$defs/x' }, true))?.path).toBe('p');
    expect(repair({ $ref: 'https://elsewhere' }).schema).toEqual({});
  });

  test('that would grow without bounds are refused', () => {
    const $defs: Record<string, unknown> = { d0: { type: 'string' } };
    for (let level = 1; level < 25; level++) {
      const $ref = `#/$defs/d${level - 1}`;
      $defs[`d${level}`] = { properties: { a: { $ref }, b: { $ref } } };
    }
    expect(refusalOf(() => repair({ $defs, $ref: '#/$defs/d24' }))?.reason).toContain('too large');
  });
});

test('whatever comes in, only keywords that Gemini knows come out', () => {
  const known = new Set(
    'type format title description enum items prefixItems minItems maxItems minimum maximum anyOf properties additionalProperties required propertyOrdering'.split(
      ' ',
    ),
  );
  const keyword = fc.constantFrom(
    ...['type', 'allOf', 'anyOf', 'oneOf', 'not', 'items', 'properties', 'const', 'enum', '$ref', 'x-y', 'nullable'],
  );
  const { schema } = fc.letrec((tie) => ({
    schema: fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constant('#'),
      tie('schema'),
      fc.array(tie('schema'), { maxLength: 2 }),
    ),
  }));
  const check = (value: JsonObject): void => {
    for (const keyword of Object.keys(value)) expect(known).toContain(keyword);
    for (const inner of Object.values((value['properties'] ?? {}) as Record<string, JsonObject>)) check(inner);
    if (value['items']) check(value['items'] as JsonObject);
    for (const inner of (value['anyOf'] ?? []) as JsonObject[]) check(inner);
  };
  fc.assert(
    fc.property(schema, (value) => {
      refusalOf(() => check(repair(value as JsonObject).schema));
    }),
  );
});
