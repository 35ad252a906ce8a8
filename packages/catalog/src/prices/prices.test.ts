import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresColumns, figuresOfRow, type PriceFigures, sameFigures } from './figures.ts';
import { datesAhead, rowInForce } from './in-force.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
const optional = fc.option(amount, { nil: undefined });
const tier = fc.record({ aboveTokens: fc.integer({ min: 1, max: 10 ** 7 }), input: amount, cacheRead: amount });
const figures: fc.Arbitrary<PriceFigures> = fc.record({
  input: amount,
  output: amount,
  cacheRead: optional,
  cacheWrite5m: optional,
  cacheWrite1h: optional,
  requestFee: amount,
  webSearch: optional,
  ratePercents: fc.record(
    { fast: fc.integer({ min: 1, max: 1_000 }), us: fc.integer({ min: 1, max: 1_000 }) },
    { requiredKeys: [] },
  ),
  tiers: fc.uniqueArray(tier, { maxLength: 4, selector: ({ aboveTokens }) => aboveTokens }),
});

test('figures survive the way through a row and JSON exactly', () => {
  fc.assert(
    fc.property(figures, (made) => {
      const columns = figuresColumns(made);
      const stored = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
      const read = figuresOfRow({
        ...columns,
        tiers: stored(columns.tiers),
        ratePercents: stored(columns.ratePercents),
      });
      expect(sameFigures(read!, made)).toBe(true);
      const sizes = read!.tiers.map(({ aboveTokens }) => aboveTokens);
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    }),
  );
});

test('figures that differ in one amount are not the same', () => {
  fc.assert(
    fc.property(figures, (made) => {
      expect(sameFigures(made, { ...made, output: made.output + 1n })).toBe(false);
      expect(sameFigures(made, { ...made, cacheRead: (made.cacheRead ?? 0n) + 1n })).toBe(false);
      expect(sameFigures(made, { ...made, webSearch: (made.webSearch ?? 0n) + 1n })).toBe(false);
      const faster = { ...made.ratePercents, fast: (made.ratePercents?.fast ?? 0) + 1 };
      expect(sameFigures(made, { ...made, ratePercents: faster })).toBe(false);
      expect(sameFigures(made, { ...made, tiers: [...made.tiers, { aboveTokens: 10 ** 8 }] })).toBe(false);
    }),
  );
});

test('tiers that cannot be read leave no price at all', () => {
  const row = figuresColumns({ input: 1n, output: 1n, requestFee: 0n, tiers: [] });
  for (const tiers of [
    null,
    {},
    [{ aboveTokens: 0 }],
    [{ aboveTokens: 5, input: 3 }],
    [{ aboveTokens: 5, input: '-1' }],
  ])
    expect(figuresOfRow({ ...row, tiers })).toBeUndefined();
});

test('rates that cannot be read leave no price at all', () => {
  const row = figuresColumns({ input: 1n, output: 1n, requestFee: 0n, tiers: [] });
  for (const ratePercents of [null, [], { fast: 0 }, { fast: 1.5 }, { fast: '200' }, { sonic: 200 }, { us: 10_001 }])
    expect(figuresOfRow({ ...row, ratePercents })).toBeUndefined();
  expect(figuresOfRow({ ...row, ratePercents: { fast: 200 } })?.ratePercents).toEqual({ fast: 200 });
});

test('the latest date that has come is in force, of one date the highest version; later dates are ahead', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const row = (version: number, day: number) => ({ version, validFrom: at(day) });
  const rows = [row(3, 10), row(1, 1), row(2, 20), row(4, 10), row(5, 20)];
  expect(rowInForce(rows, at(0))).toBeUndefined();
  expect(rowInForce(rows, at(9))?.version).toBe(1);
  expect(rowInForce(rows, at(10))?.version).toBe(4);
  expect(rowInForce(rows, at(25))?.version).toBe(5);
  expect(datesAhead(rows, at(1))).toEqual([at(10), at(20)]);
  expect(datesAhead(rows, at(20))).toEqual([]);
});
