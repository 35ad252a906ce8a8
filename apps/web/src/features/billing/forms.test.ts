import { expect, test } from 'vitest';
import { alertFormOf, readAlertForm } from './alert-form.ts';
import { ownAmount, readTopUpForm, type TopUpForm, topUpFormOf } from './top-up-form.ts';

const plan = {
  id: 'starter',
  displayName: 'Starter',
  tokens: 10_000_000n,
  bonusTokens: 0n,
  amountMinor: 990n,
  currency: 'usd',
};
const customAmount = { currency: 'usd', tokensPerMinor: 10_000n, minMinor: 500n, maxMinor: 100_000n };
const offers = { plans: [plan], customAmount };
const form = (more: Partial<TopUpForm> = {}): TopUpForm => ({
  ...{ below: '2,000,000', planId: 'starter', amount: '', maxPerMonth: '3', ...more },
});

test('what is typed becomes exact terms, of a plan or of an amount', () => {
  expect(readTopUpForm(form(), offers)).toEqual({
    terms: { belowNanoUsd: 2_000_000_000n, wish: { planId: 'starter' }, maxPerMonth: 3 },
  });
  expect(readTopUpForm(form({ planId: ownAmount, amount: '12.34' }), offers)).toMatchObject({
    terms: { wish: { amountMinor: 1_234n } },
  });
});

test('what cannot be right names its fields', () => {
  const wrong = (more: Partial<TopUpForm>) => readTopUpForm(form(more), offers);
  expect(wrong({ below: '0' })).toEqual({ wrong: ['below'] });
  expect(wrong({ below: '10000001' })).toEqual({ wrong: ['below'] });
  expect(wrong({ planId: 'gone' })).toEqual({ wrong: ['planId'] });
  expect(wrong({ planId: ownAmount, amount: '4.99' })).toEqual({ wrong: ['amount'] });
  expect(wrong({ maxPerMonth: '32', below: 'x' })).toEqual({ wrong: ['below', 'maxPerMonth'] });
});

test('a form that is opened can be sent as it stands, also where the plan is not sold any more', () => {
  const set = {
    ...{
      isOn: true,
      offReason: null,
      belowNanoUsd: 1_000_000_000n,
      planId: 'gone',
      amountMinor: 990n,
      currency: 'usd',
    },
    ...{ maxPerMonth: 5, nextAttemptAt: null },
  };
  for (const topUp of [null, set, { ...set, planId: null }])
    expect(readTopUpForm(topUpFormOf(topUp, offers), offers)).toHaveProperty('terms');
});

test('alerts are as usual, own or none; own ones are whole numbers, and at least one', () => {
  const terms = { usualNanoUsd: 1_000n, crossedNanoUsd: undefined };
  expect(readAlertForm(alertFormOf({ ...terms, ownNanoUsd: undefined }))).toEqual({ thresholdsNanoUsd: null });
  expect(readAlertForm(alertFormOf({ ...terms, ownNanoUsd: [] }))).toEqual({ thresholdsNanoUsd: [] });
  const own = alertFormOf({ ...terms, ownNanoUsd: [5_000_000n, 1_000_000n] });
  expect(own).toEqual({ choice: 'own', amounts: ['5000', '1000', ''] });
  expect(readAlertForm(own)).toEqual({ thresholdsNanoUsd: [5_000_000n, 1_000_000n] });
  expect(readAlertForm({ choice: 'own', amounts: ['1', 'x', '0'] })).toEqual({ wrong: [1, 2] });
  expect(readAlertForm({ choice: 'own', amounts: ['', '', ''] })).toEqual({ wrong: [0] });
});
