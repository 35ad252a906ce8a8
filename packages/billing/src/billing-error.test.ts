import { expect, test } from 'vitest';
import { BillingError } from './billing-error.ts';
import { PaymentProviderError } from './payments/provider.ts';

/** The same module once more, as a bundler may load it. */
const anotherCopy = (path: string) => import(/* @vite-ignore */ `${path}?another-copy`);

test('an error is known for what it is where a bundler has loaded its module more than once', async () => {
  const [errors, provider] = [await anotherCopy('./billing-error.ts'), await anotherCopy('./payments/provider.ts')];
  expect(errors.BillingError).not.toBe(BillingError);
  const refused: unknown = new errors.BillingError('event_invalid', 'forged');
  const away: unknown = new provider.PaymentProviderError('unavailable', 'away');
  expect([refused instanceof BillingError, refused instanceof PaymentProviderError]).toEqual([true, false]);
  expect([away instanceof BillingError, away instanceof PaymentProviderError]).toEqual([false, true]);
  expect([new Error('other'), undefined, { name: 'BillingError' }].some((one) => one instanceof BillingError)).toBe(
    false,
  );
});
