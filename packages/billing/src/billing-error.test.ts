import { expect, test, vi } from 'vitest';
import { BillingError } from './billing-error.ts';
import { PaymentProviderError } from './payments/provider.ts';

test('what another copy of these modules throws is known for what it is, and nothing else is', async () => {
  vi.resetModules();
  const copy = { ...(await import('./billing-error.ts')), ...(await import('./payments/provider.ts')) };
  expect(copy.BillingError).not.toBe(BillingError);
  const refused = new copy.PaymentProviderError('refused', 'no');
  const closed = new copy.BillingError('order_closed', 'no');
  expect(refused).toBeInstanceOf(PaymentProviderError);
  expect(closed).toBeInstanceOf(BillingError);
  for (const other of [refused, new Error('BillingError'), { name: 'BillingError' }, undefined])
    expect(other instanceof BillingError).toBe(false);
  expect(closed instanceof PaymentProviderError).toBe(false);
});
