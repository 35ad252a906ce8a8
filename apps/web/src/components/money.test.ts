import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOfMinor, minorOfDecimal, moneyText } from './money.ts';

test('money names its currency and has as many digits as that has', () => {
  expect(moneyText(990n, 'usd', 'en')).toBe('$9.90');
  expect(moneyText(990n, 'usd', 'zh')).toBe('US$9.90');
  expect(moneyText(990n, 'jpy', 'en')).toBe('¥990');
  expect(moneyText(9_007_199_254_740_993n, 'eur', 'en')).toBe('€90,071,992,547,409.93');
});

test('every amount is read as it was written, in currencies with any number of digits', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n - 1n });
  fc.assert(
    fc.property(amounts, fc.constantFrom('usd', 'jpy', 'kwd'), (amountMinor, currency) => {
      expect(minorOfDecimal(decimalOfMinor(amountMinor, currency), currency)).toBe(amountMinor);
    }),
  );
});

test('what is no amount of the currency is none', () => {
  expect([' 5 ', '5.', '5.5', '05'].map((typed) => minorOfDecimal(typed, 'usd'))).toEqual([500n, 500n, 550n, 500n]);
  for (const typed of ['', '.5', '-1', '5.001', '1e3', '5,50', '1234567890123', 'NaN'])
    expect(minorOfDecimal(typed, 'usd'), typed).toBeUndefined();
  expect(minorOfDecimal('5.5', 'jpy')).toBeUndefined();
});
