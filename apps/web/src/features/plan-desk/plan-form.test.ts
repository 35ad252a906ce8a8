import { expect, test } from 'vitest';
import { saleStateOf } from './desk-plan.ts';
import { formOf, readPlanForm } from './plan-form.ts';

const plan = {
  ...{ id: 'starter', displayName: 'Starter', tokens: 10_000_000n, bonusTokens: 0n, amountMinor: 990n },
  ...{ currency: 'usd', activeFrom: new Date(2026, 10, 1, 9, 30), activeUntil: null, displayOrder: 1 },
  ...{ enabled: true, origin: 'console' as const },
};

test('a plan that is shown in its form and read again is the same', () => {
  const { enabled: _, origin: __, ...settings } = plan;
  expect(readPlanForm(formOf(plan))).toEqual({ plan: settings });
});

test('counts may be grouped and prices are read exactly in their currency', () => {
  const form = { ...formOf(plan), tokens: '1 500,000_000', currency: 'JPY', price: '1200' };
  expect(readPlanForm(form)).toMatchObject({ plan: { tokens: 1_500_000_000n, currency: 'jpy', amountMinor: 1_200n } });
});

test('every field that is not right is named', () => {
  const form = formOf(undefined);
  expect(readPlanForm(form)).toEqual({ wrong: ['id', 'tokens', 'price'] });
  const bad = {
    ...formOf(plan),
    bonusTokens: '-1',
    price: '9.901',
    displayOrder: 'x',
    activeUntil: '2020-01-01T00:00',
  };
  expect(readPlanForm(bad)).toEqual({ wrong: ['bonusTokens', 'price', 'activeUntil', 'displayOrder'] });
  expect(readPlanForm({ ...formOf(plan), currency: 'zzzz' })).toEqual({ wrong: ['currency', 'price'] });
});

test('a plan is on sale between its dates, at a price, while it is on', () => {
  const now = plan.activeFrom.getTime();
  expect(saleStateOf(plan, now)).toBe('onSale');
  expect(saleStateOf(plan, now - 1)).toBe('soon');
  expect(saleStateOf({ ...plan, activeUntil: new Date(now) }, now)).toBe('over');
  expect(saleStateOf({ ...plan, enabled: false }, now)).toBe('off');
  expect(saleStateOf({ ...plan, amountMinor: 0n }, now)).toBe('free');
});
