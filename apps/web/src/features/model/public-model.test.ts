import type { OfferedModel } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import type { ModelStatus } from '../status/report.ts';
import { publicModel } from './public-model.ts';

const offered: OfferedModel = {
  ...{
    id: 'm',
    provider: 'p',
    displayName: 'M',
    contextTokens: 1_000_000,
    maxOutputTokens: undefined,
    takes: { images: true, tools: undefined, documents: false },
    aliases: [],
    fallback: [],
  },
  ...{ createdAt: new Date(0), priceSource: 'test', priceSince: new Date(0), announced: [] },
  price: { id: 'prc', modelId: 'm', version: 1, input: 10n, output: 50n, cacheRead: 1n, requestFee: 0n, tiers: [] },
  protocols: ['openai-chat'],
};
const status = (provider: string, state: ModelStatus['state'], firstByteP50Ms: number | null): ModelStatus => ({
  ...{ model: 'm', displayName: 'M', provider, state, last24Hours: null, availability: null, days: [] },
  now: state === 'no_traffic' ? null : { availability: state === 'down' ? 0 : 1, firstByteP50Ms, firstByteP95Ms: null },
});

test('a model does as well as the best provider that was seen to answer for it', () => {
  const statuses = [status('a', 'down', null), status('b', 'operational', 900), status('c', 'operational', 300)];
  expect(publicModel(offered, [...statuses, status('d', 'no_traffic', null)])).toMatchObject({
    ...{ state: 'operational', availability: 1, firstTokenP50Ms: 300, isAvailable: true },
  });
});

test('a model that is down, or that nobody serves, is not available; one without traffic may be', () => {
  expect(publicModel(offered, [status('a', 'down', null)]).isAvailable).toBe(false);
  expect(publicModel({ ...offered, protocols: [] }, [status('a', 'operational', 1)]).isAvailable).toBe(false);
  expect(publicModel(offered, []).isAvailable).toBe(true);
  expect(publicModel(offered, [{ ...status('a', 'down', null), model: 'another' }]).isAvailable).toBe(true);
});

test('what it can is told by what it takes, its price and its size', () => {
  expect(publicModel(offered, []).capabilities).toEqual(['images', 'caching', 'longContext']);
  const plain = { ...offered.price, cacheRead: undefined, webSearch: 1n };
  const takes = { images: undefined, tools: true, documents: true };
  expect(publicModel({ ...offered, contextTokens: undefined, price: plain, takes }, []).capabilities).toEqual([
    ...['tools', 'documents', 'webSearch'],
  ]);
});
