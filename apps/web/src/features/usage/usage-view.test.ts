import { outcomes } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRange } from './usage-range.ts';
import {
  groupings,
  metrics,
  outcomesOf,
  readUsageView,
  statuses,
  type UsageView,
  usageViewQuery,
} from './usage-view.ts';

const value = fc.option(
  fc.string({ minLength: 0, maxLength: 50, unit: 'grapheme' }).filter((text) => text !== '-'),
  { nil: undefined },
);
const view: fc.Arbitrary<UsageView> = fc.record({
  range: fc.constantFrom('24h', '30d', '2026-11-01..2026-11-03').map(readRange),
  by: fc.constantFrom(...groupings),
  metric: fc.constantFrom(...metrics),
  narrowing: fc.record({
    ...{ model: value, member: value, provider: value },
    key: value.map((id) => id || undefined),
    status: fc.option(fc.constantFrom(...statuses), { nil: undefined }),
  }),
});

test('an address shows again what was shown when it was copied', () => {
  fc.assert(
    fc.property(view, (shown) => {
      expect(readUsageView(new URLSearchParams(usageViewQuery(shown).toString()))).toEqual(shown);
    }),
  );
});

test('what is as usual leaves the address plain, and what nobody offers is not taken from it', () => {
  const usual = readUsageView(new URLSearchParams());
  expect(usageViewQuery(usual).toString()).toBe('');
  const typed = `range=1y&by=price&metric=cost&status=odd&key=-&model=${'x'.repeat(201)}`;
  expect(readUsageView(new URLSearchParams(typed))).toEqual(usual);
});

test('every way to end is either an error or not', () => {
  expect(outcomes.filter((outcome) => !outcomesOf('errors').includes(outcome))).toEqual(['completed', 'client_left']);
  for (const outcome of outcomes) expect(outcomesOf(outcome)).toEqual([outcome]);
});
