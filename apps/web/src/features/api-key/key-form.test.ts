import { keyChangeSchema, keySettingsSchema } from '@ai-bridge/access';
import { expect, test } from 'vitest';
import { emptyKeyForm, inGroup, keyFormOf, keyInput } from './key-form.ts';

test('a key with nothing but a name has no limits and never expires', () => {
  const input = keyInput({ ...emptyKeyForm, name: ' laptop ' }, 0, 'tokens');
  expect(input).toEqual({ name: 'laptop', models: [], strict: false, allowedAddresses: [] });
  expect(keySettingsSchema.safeParse(input).success).toBe(true);
});

test('what was filled in is sent as numbers, amounts, addresses and a date', () => {
  const limits = { rpm: '60', itpm: '', otpm: ' ', concurrency: '5' };
  const form = {
    ...emptyKeyForm,
    name: 'ci',
    lifetime: '30',
    limits,
    addresses: '10.0.0.0/8,\n 2001:db8::7 ',
  } as const;
  const input = keyInput({ ...form, spendPerDay: '5,000', spendPerMonth: '100000' }, Date.UTC(2026, 0, 1), 'tokens');
  expect(input).toMatchObject({
    ...{ limits: { rpm: 60, concurrency: 5 }, allowedAddresses: ['10.0.0.0/8', '2001:db8::7'] },
    ...{ spendPerDayNanoUsd: 5_000_000n, spendPerMonthNanoUsd: 100_000_000n },
  });
  expect(input.expiresAt?.toISOString()).toBe('2026-01-31T00:00:00.000Z');
  expect(keySettingsSchema.safeParse(input).success).toBe(true);
});

test('where balances are shown as money, spend limits are dollars, exact to the last digit', () => {
  const input = keyInput({ ...emptyKeyForm, name: 'x', spendPerDay: '2.000000001' }, 0, 'money');
  expect(input.spendPerDayNanoUsd).toBe(2_000_000_001n);
});

test('a limit or an amount that is none is left for the server to refuse, not dropped', () => {
  const bad = [
    { limits: { ...emptyKeyForm.limits, rpm: 'many' } },
    { spendPerDay: 'a lot' },
    { spendPerMonth: '1.5' },
    { spendPerDay: '0' },
    { addresses: '10.0.0.0/33' },
  ];
  for (const part of bad) {
    const input = keyInput({ ...emptyKeyForm, name: 'x', ...part }, 0, 'tokens');
    expect(keySettingsSchema.safeParse(input).success, JSON.stringify(part)).toBe(false);
  }
});

test('another group keeps the chosen models that its keys see, and no others', () => {
  const form = inGroup({ ...emptyKeyForm, name: 'x', models: ['a', 'b'] }, { id: 'codex', models: ['b', 'c'] });
  expect(form).toMatchObject({ group: 'codex', models: ['b'] });
});

test('a key whose form is opened and saved as it is stays as it is', () => {
  const key = {
    ...{ name: 'k', models: ['a'], strict: true, limits: { rpm: 5 }, allowedAddresses: ['10.0.0.0/8', '::1'] },
    ...{ spendPerDayNanoUsd: 1_234_000n, spendPerMonthNanoUsd: null, expiresAt: new Date(Date.UTC(2027, 0, 1)) },
  };
  for (const unit of ['tokens', 'money'] as const) {
    const input = keyInput(keyFormOf(key, unit), 0, unit, key.expiresAt);
    const { spendPerMonthNanoUsd: _, ...same } = key;
    expect(input).toEqual(same);
    expect(keyChangeSchema.safeParse(input).success).toBe(true);
  }
});
