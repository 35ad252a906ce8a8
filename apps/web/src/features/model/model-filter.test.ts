import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FilteredModel, filterModels, modelFilterQuery, readModelFilter, sorts } from './model-filter.ts';
import { modelIdOf, modelPath } from './public-model.ts';

const model = (id: string, inputUsd: bigint, more: Partial<FilteredModel> = {}): FilteredModel => ({
  ...{ id, displayName: id, provider: 'anthropic', contextTokens: 200_000, protocols: ['anthropic-messages'] },
  ...{ capabilities: ['caching'], isAvailable: true, firstTokenP50Ms: null },
  price: { input: inputUsd * 1_000_000_000n, output: inputUsd * 5_000_000_000n },
  ...more,
});
const models = [
  model('claude-sonnet-5', 2n, { firstTokenP50Ms: 900 }),
  model('claude-opus-5', 5n, { contextTokens: 1_000_000 }),
  model('gpt-4o', 0n, { provider: 'openai', protocols: ['openai-chat'], capabilities: [], firstTokenP50Ms: 300 }),
  model('gemini-2.5-pro', 1n, { provider: 'google', protocols: [], isAvailable: false, contextTokens: undefined }),
];
const found = (query: string) => filterModels(models, readModelFilter(new URLSearchParams(query))).map(({ id }) => id);

test('each filter keeps what it names, and all of them hold together', () => {
  expect(found('q=CLAUDE opus')).toEqual(['claude-opus-5']);
  expect(found('provider=openai')).toEqual(['gpt-4o']);
  expect(found('protocol=openai-chat')).toEqual(['gpt-4o']);
  expect(found('capability=caching')).toEqual(['claude-opus-5', 'claude-sonnet-5', 'gemini-2.5-pro']);
  expect(found('price=low')).toEqual(['gpt-4o']);
  expect(found('price=middle')).toEqual(['claude-sonnet-5', 'gemini-2.5-pro']);
  expect(found('price=high')).toEqual(['claude-opus-5']);
  expect(found('available=1&capability=caching')).toEqual(['claude-opus-5', 'claude-sonnet-5']);
  expect(found('q=gpt&provider=anthropic')).toEqual([]);
});

test('the order is what is asked for, and what is not known comes last', () => {
  expect(found('sort=input')).toEqual(['gpt-4o', 'gemini-2.5-pro', 'claude-sonnet-5', 'claude-opus-5']);
  expect(found('')).toEqual(['claude-opus-5', 'claude-sonnet-5', 'gpt-4o', 'gemini-2.5-pro']);
  expect(found('sort=context').at(0)).toBe('claude-opus-5');
  expect(found('sort=context').at(-1)).toBe('gemini-2.5-pro');
  expect(found('sort=latency').slice(0, 2)).toEqual(['gpt-4o', 'claude-sonnet-5']);
});

test('what an address cannot mean asks for nothing', () => {
  expect(found('protocol=telnet&capability=flight&price=cheap&sort=colour&available=yes')).toHaveLength(models.length);
});

test('a filter survives the way through the address', () => {
  const filters = fc.record({
    text: fc.string({ maxLength: 100 }),
    provider: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    protocol: fc.constantFrom('gemini' as const, undefined),
    capability: fc.constantFrom('caching' as const, undefined),
    band: fc.constantFrom('low' as const, 'high' as const, undefined),
    isAvailable: fc.boolean(),
    sort: fc.constantFrom(...sorts),
  });
  fc.assert(
    fc.property(filters, (filter) => {
      expect(readModelFilter(new URLSearchParams(modelFilterQuery(filter).toString()))).toEqual(filter);
    }),
  );
});

test('an id survives the way through its page’s address, slashes and all', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w./:@%+ -]{1,40}$/), (id) => {
      expect(modelIdOf(modelPath(id).slice('/models/'.length).split('/'))).toBe(id);
    }),
  );
  expect(modelIdOf(['%E0%A4%A'])).toBeUndefined();
});
