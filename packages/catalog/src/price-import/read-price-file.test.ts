import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type PriceFigures, sameFigures } from '../prices/figures.ts';
import { type PriceText, priceText } from '../prices/price-text.ts';
import { diffRow } from './diff.ts';
import { readPriceFile } from './read-price-file.ts';
import { writePriceCsv } from './write-csv.ts';

/** Per million tokens there are six decimals; fees have nine. */
const amount = fc.bigInt({ min: 0n, max: 999_999n * 10n ** 6n }).map((micro) => micro * 1_000n);
const fee = fc.bigInt({ min: 0n, max: 10n ** 12n });
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const cache = { cacheRead: maybe(amount), cacheWrite5m: maybe(amount), cacheWrite1h: maybe(amount) };
const percent = fc.integer({ min: 1, max: 10_000 });
const figures: fc.Arbitrary<PriceFigures> = fc.record({
  ...{ input: amount, output: amount, ...cache, requestFee: fee, webSearch: maybe(fee) },
  ratePercents: fc.record({ batch: percent, fast: percent, us: percent }, { requiredKeys: [] }),
  tiers: fc.uniqueArray(
    fc.record({ aboveTokens: fc.integer({ min: 1, max: 10 ** 7 }), input: amount, output: amount }),
    { maxLength: 3, selector: ({ aboveTokens }) => aboveTokens },
  ),
});
const id = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' }).filter((text) => text.trim() === text);
const models = fc.uniqueArray(fc.record({ id, figures }), { minLength: 1, maxLength: 6, selector: (one) => one.id });

/** Reads a file and gives its prices as they would be written over what is stored. */
function imported(text: string, name: string, stored: (id: string) => PriceFigures | undefined) {
  const { rows, problems, unknownFields } = readPriceFile(text, name);
  expect(problems).toEqual([]);
  expect(unknownFields).toEqual([]);
  return rows.map((row) => {
    const known = { figures: stored(row.modelId), isOwnedByFile: false };
    return [row.modelId, diffRow(row, known)] as const;
  });
}

const other: PriceFigures = {
  input: 1n,
  output: 1n,
  requestFee: 9n,
  webSearch: 9n,
  ratePercents: { us: 7 },
  tiers: [],
};

const writers: Readonly<Record<string, (all: readonly { id: string; price: PriceText }[]) => string>> = {
  'prices.csv': (all) => writePriceCsv(all.map((one) => ({ ...one, provider: 'somebody' }))),
  'models.yaml': (all) => stringify({ models: all }),
};

test.each(Object.keys(writers))(
  '%s: prices that are written and imported are the same, whatever stood before',
  (name) => {
    fc.assert(
      fc.property(models, (made) => {
        const text = writers[name]!(made.map((one) => ({ id: one.id, price: priceText(one.figures) })));
        const read = new Map(imported(text, name, () => other));
        expect([...read.keys()].sort()).toEqual(made.map((one) => one.id).sort());
        for (const one of made) expect(sameFigures(read.get(one.id)!.next!, one.figures)).toBe(true);
        const again = imported(text, name, (modelId) => made.find((one) => one.id === modelId)?.figures);
        expect(again.map(([, { status }]) => status)).toEqual(made.map(() => 'unchanged'));
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);

const json = (models: readonly object[]) => JSON.stringify({ generated: '2026-11-21', models }, null, 1);

test('JSON is read exactly, with its tiers, and keeps the fees that it does not speak of', () => {
  const text = json([
    {
      ...{ model: 'a', provider: 'x', context: 200000, max_output: null, source: 's', verified: 'no', notes: 'n' },
      ...{ input: 0.1, output: 1.25, cache_read: null, cache_write_5m_or_default: 0.000001, batch_multiplier: 0.4 },
      tiers: [{ when: 'input > 272000 (whole request)', input: 20, cache_write: 25.0, note: 'n' }],
    },
    { model: 'b', input: null, output: null },
  ]);
  const read = new Map(imported(text, '', () => other));
  expect(read.get('a')?.next).toEqual({
    ...{ input: 100_000_000n, output: 1_250_000_000n, cacheWrite5m: 1_000n, requestFee: 9n, webSearch: 9n },
    ratePercents: { batch: 40, us: 7 },
    tiers: [{ aboveTokens: 272_000, input: 20_000_000_000n, cacheWrite5m: 25_000_000_000n }],
  });
  expect(read.get('b')?.status).toBe('no_price');
});

test('what is wrong is told by line and field, and the rest is read', () => {
  const csv = 'model;input;output;colour\r\na;1;2;red\r\nb;1,5;2;\r\n;1;2;\r\nc;1;;\r\na;3;4;\r\n"d";0.1234567;1;';
  const { rows, problems, unknownFields } = readPriceFile(csv, '');
  expect(rows.map(({ modelId, line }) => [modelId, line])).toEqual([['a', 2]]);
  expect(problems.map(({ line, field }) => [line, field])).toEqual([
    [3, 'input'],
    [4, 'model'],
    [5, 'output'],
    [6, 'model'],
    [7, 'input'],
  ]);
  expect(unknownFields).toEqual(['colour']);
  const dated = json([{ model: 'a', input: 1, output: 1, tiers: [{ when: 'date >= 2026-12-01', input: 4 }] }]);
  expect(readPriceFile(dated, 'a.json')).toMatchObject({
    rows: [{ price: { tiers: [] } }],
    unknownFields: ['tiers: date >= 2026-12-01'],
  });
});

test.each([
  ['{"models": [', 'x.json', 1],
  ['models: 3', 'x.yaml', 1],
  ['input,output\n1,2', 'x.csv', 1],
  ['model,input,input\n', 'x.csv', 1],
  ['model,input,output\na,1,"2', 'x.csv', 2],
  ['model,input,output\na,1,2,3,4', 'x.csv', 2],
  ['models:\n  - [1]', 'x.yml', 2],
  [' '.repeat(1_000_001), 'x.csv', 1],
  [`model,input,output\n${'a,1,2\n'.repeat(5_001)}`, 'x.csv', 5_000],
])('%# what is no price list is one problem with its line', (text, name, line) => {
  const { rows, problems } = readPriceFile(text, name);
  expect(rows).toEqual([]);
  expect(problems).toMatchObject([{ line }]);
});

test('a price that is ten times another, or a tenth, is a jump, and so is an absurd one; what is between is none', () => {
  const jump = (now: PriceFigures | undefined, csv: string) => {
    const [row] = readPriceFile(`model,input,output,above_tokens\n${csv}`, 'x.csv').rows;
    return diffRow(row!, now && { figures: now, isOwnedByFile: false }).isJump;
  };
  const now = { input: 10n ** 9n, output: 10n ** 9n, requestFee: 0n, tiers: [] };
  expect(jump(now, 'a,10,0.1')).toBe(false);
  expect(jump(now, 'a,10.000001,1')).toBe(true);
  expect(jump(now, 'a,1,0.099999')).toBe(true);
  expect(jump(now, 'a,1,0')).toBe(true);
  expect(jump(now, 'a,1,1,\na,11,,5000')).toBe(true);
  expect(jump(undefined, 'a,1000,1')).toBe(false);
  expect(jump(undefined, 'a,1000.5,1')).toBe(true);
});
