import { priceSchema } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import { type Figures, type PriceForm, priceFormOf, readPriceForm, withTier } from './price-form.ts';

const figures: Figures = {
  ...{ input: '3', output: '15', cacheRead: '0.3', perRequest: '0.000000001' },
  rates: { fast: 200, us: 110 },
  above: [
    { tokens: 200_000, input: '6', output: '22.5' },
    { tokens: 500_000, cacheRead: '0.6' },
  ],
};
const form = priceFormOf(figures);
const withTiers = (...tiers: Partial<PriceForm['tiers'][number]>[]): PriceForm => ({
  ...form,
  tiers: tiers.map((tier, key) => ({ ...withTier({ ...form, tiers: [] }).tiers[0]!, key, ...tier })),
});

test('a price with tiers, fees and rates reads back as it was, and is what the server takes', () => {
  expect(readPriceForm(form)).toEqual({ price: figures });
  expect(readPriceForm(priceFormOf({ input: '1', output: '2' }))).toEqual({ price: { input: '1', output: '2' } });
  expect(priceSchema.parse(figures)).toMatchObject({ tiers: [{ aboveTokens: 200_000 }, { aboveTokens: 500_000 }] });
});

test('tiers are added, taken away and put in the order of their sizes; sizes may be typed in groups', () => {
  const added = withTier(form);
  expect(new Set(added.tiers.map(({ key }) => key)).size).toBe(3);
  const price = withTiers({ tokens: '500,000', input: '9' }, { tokens: ' 128 000 ', output: '20' });
  expect(readPriceForm(price)).toMatchObject({
    price: {
      above: [
        { tokens: 128_000, output: '20' },
        { tokens: 500_000, input: '9' },
      ],
    },
  });
  expect(readPriceForm({ ...form, tiers: [] })).toEqual({ price: { ...figures, above: undefined } });
});

test.each<[string, PriceForm, string[]]>([
  ['no size', withTiers({ input: '1' }), ['tier.0.tokens']],
  ['a size of nothing', withTiers({ tokens: '0', input: '1' }), ['tier.0.tokens']],
  ['a size twice', withTiers({ tokens: '5', input: '1' }, { tokens: '5', input: '2' }), ['tier.1.tokens']],
  ['a tier that changes nothing', withTiers({ tokens: '5' }), ['tier.0.kinds']],
  ['a price with too many decimals', withTiers({ tokens: '5', output: '0.0000001' }), ['tier.0.output']],
  ['a rate of nothing', { ...form, rates: { ...form.rates, batch: '0' } }, ['rate.batch']],
  ['a rate with decimals', { ...form, rates: { ...form.rates, flex: '12.5' } }, ['rate.flex']],
  ['no input price', { ...form, kinds: { ...form.kinds, input: '' } }, ['input']],
])('%s is told at its field', (_, typed, wrong) => {
  expect(readPriceForm(typed)).toEqual({ wrong });
});
