import fc from 'fast-check';
import { expect, test } from 'vitest';
import { majorText, moneyText, parseMajor } from './money.ts';

test('money is written with its currency in the reader’s way, exactly, however large', () => {
  expect(moneyText(990n, 'usd', 'en')).toBe('$9.90');
  expect(moneyText(1_200n, 'jpy', 'en')).toBe('¥1,200');
  expect(moneyText(-5n, 'eur', 'en')).toBe('-€0.05');
  expect(moneyText(990n, 'cny', 'zh')).toBe('¥9.90');
  expect(moneyText(900_719_925_474_099_301n, 'usd', 'en')).toBe('$9,007,199,254,740,993.01');
});

test('an amount that is written and read again is the same', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const currencies = fc.constantFrom('usd', 'jpy', 'kwd', 'cny');
  fc.assert(
    fc.property(amounts, currencies, (amount, currency) => {
      expect(parseMajor(majorText(amount, currency), currency)).toBe(amount);
    }),
  );
});

test('what is no amount, or finer than its currency, is refused', () => {
  for (const text of ['', '.5', '1.', '1,5', '-1', '1e3', '9.901', '1'.repeat(13)]) {
    expect(parseMajor(text, 'usd'), text).toBeUndefined();
  }
  expect(parseMajor('1.5', 'jpy')).toBeUndefined();
  expect(parseMajor(' 9.9 ', 'usd')).toBe(990n);
});
