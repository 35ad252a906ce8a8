import { expect, test } from 'vitest';
import { isSameQuery, knownQuery } from './view-pages.ts';

test('of filters only what the page knows is kept, as the page writes it', () => {
  expect(knownQuery('refunds', { part: 'under_way' })).toEqual({ part: 'under_way' });
  expect(knownQuery('orders', { search: ' a@b.c ', state: 'paid', next: '//evil' })).toEqual({
    search: 'a@b.c',
    state: 'paid',
  });
  expect(knownQuery('customers', { part: 'suspended', state: 'paid' })).toEqual({ part: 'suspended' });
  expect(knownQuery('audit', { part: 'money' })).toEqual({ part: 'money' });
  expect(knownQuery('refunds', { part: 'https://example.com' })).toEqual({ part: 'requested' });
});

test('where nothing narrows, or only what no object has of its own, there is no view', () => {
  expect(knownQuery('orders', {})).toBeUndefined();
  expect(knownQuery('orders', { state: 'never', search: '  ' })).toBeUndefined();
  expect(knownQuery('customers', Object.create({ part: 'new' }) as Record<string, string>)).toBeUndefined();
});

test('a text that the page would not look for is not kept', () => {
  const most = 'x'.repeat(254);
  expect(knownQuery('orders', { search: most })).toEqual({ search: most });
  expect(knownQuery('orders', { search: `${most}x` })).toBeUndefined();
});

test('filters are the same whatever their order, and not where one has more', () => {
  expect(isSameQuery({ part: 'new', search: 'a' }, { search: 'a', part: 'new' })).toBe(true);
  expect(isSameQuery({}, {})).toBe(true);
  expect(isSameQuery({ part: 'new' }, { part: 'new', search: 'a' })).toBe(false);
  expect(isSameQuery({ part: 'new', search: 'a' }, { part: 'new' })).toBe(false);
  expect(isSameQuery({ part: 'new' }, { part: 'funded' })).toBe(false);
});
