import { createTestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IntegerList } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const whole = [
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  1 - 2 ** 53,
  -1,
  0,
  7,
];
const values = [...whole, undefined, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, undefined];

// Nulls before the first value are caught up on.
const lists: [nulls: number, elements: number][] = [1, 16, 300, 2_500].flatMap((elements) =>
  [0, 1, 128, 200].map((nulls): [number, number] => [nulls, elements]),
);
test.each(lists)(
  'Postgres reads %i nulls and then %i integers and nulls as they were added',
  async (nulls, elements) => {
    const given = Array.from({ length: nulls + elements }, (_, index) =>
      index < nulls ? undefined : values[(index - nulls) % values.length],
    );
    const list = new IntegerList(given.length);
    for (const one of given) list.add(one);
    const read = 'SELECT one FROM unnest($1::bigint[]) AS one';
    const rows = await db.database.query<{ one: bigint | null }>(read, [list.parameter()]);
    expect(rows.map((row) => row.one)).toEqual(given.map((one) => (one === undefined ? null : BigInt(one))));
  },
);

test('a list of nothing but nulls is a null itself', () => {
  const list = new IntegerList(300);
  for (let index = 0; index < 300; index++) list.add(undefined);
  expect(list.parameter()).toBeNull();
});

test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2n ** 63n, -(2n ** 63n) - 1n])(
  '%s is refused as Postgres would refuse it',
  (bad) => {
    expect(() => new IntegerList(1).add(bad)).toThrow(expect.objectContaining({ code: '22003' }));
  },
);

test('a list never takes more than it was made for', () => {
  const list = new IntegerList(1);
  list.add(1);
  expect(() => list.add(undefined)).toThrow('full');
});
