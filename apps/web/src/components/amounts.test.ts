import { exactUnitsPerNanoUsd } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactNanoUsdText, percentText, priceProductText, tokensText, usdText } from './amounts.ts';

test('amounts beyond what a float can hold are shown to the last digit', () => {
  expect(tokensText(9_007_199_254_740_993_001n, 'en')).toBe('9,007,199,254,740,993.001');
  expect(usdText(9_007_199_254_740_993_000_000_001n, 'en')).toBe('$9,007,199,254,740,993.000000001');
});

test('every amount survives being shown', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (amountNanoUsd) => {
      const digits = usdText(amountNanoUsd, 'en').replace(/[$,]/g, '');
      const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
      const shown = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
      expect(digits.startsWith('-') ? -shown : shown).toBe(amountNanoUsd);
    }),
  );
});

test('a sum before rounding is shown to its last digit', () => {
  expect(exactNanoUsdText((3_702_000_300_001n * exactUnitsPerNanoUsd) / 1_000_000n, 'en')).toBe('3,702,000.300001');
  expect(exactNanoUsdText(9_007_199_254_740_993n * exactUnitsPerNanoUsd, 'zh')).toBe('9,007,199,254,740,993');
  expect(exactNanoUsdText(1n, 'en')).toBe('0.00000000000000000001');
});

test('money names its currency in both languages', () => {
  expect(usdText(12_500_000_000n, 'en')).toBe('$12.50');
  expect(usdText(12_500_000_000n, 'zh')).toContain('US$');
});

test('a share is shown to the basis point', () => {
  expect([0, 1, 250, 10_000].map((share) => percentText(share, 'en'))).toEqual(['0%', '0.01%', '2.5%', '100%']);
});

test('tokens times a price are dollars to the last digit', () => {
  expect(priceProductText(655n * 10_000_000_000n, 'en')).toBe('$0.00655');
  expect(priceProductText(1n, 'en')).toBe('$0.000000000000001');
  expect(priceProductText(3n * 10n ** 15n, 'en')).toBe('$3.00');
});
