import { expect, test } from 'vitest';
import { parseCsv } from './csv.fixture.ts';
import { type Cell, csvStream, safeText } from './csv.ts';

async function* pagesOf(...pages: Cell[][][]) {
  yield* pages;
}

const textOf = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream).arrayBuffer().then((bytes) => Buffer.from(bytes));

test('a file has a byte order mark and its columns, and every text comes out of a parser as it went in', async () => {
  const texts = ['plain', 'a,b', 'say "hi"', 'two\nlines', 'two\r\nlines', '组织 🌉', ' spaced ', ''];
  const bytes = await textOf(
    csvStream(['a', 'b'], pagesOf([texts.slice(0, 2)], [texts.slice(2, 4)], [texts.slice(4, 6), texts.slice(6)])),
  );
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(parseCsv(bytes.toString('utf8'))).toEqual([
    ['a', 'b'],
    ['plain', 'a,b'],
    ['say "hi"', 'two\nlines'],
    ['two\r\nlines', '组织 🌉'],
    [' spaced ', ''],
  ]);
});

test('numbers, amounts and moments are written as they are, and what is not known is empty', async () => {
  const row: Cell[] = [
    -5,
    -9_007_199_254_740_993n,
    { exact: '-0.000000001' },
    true,
    null,
    new Date('2026-11-30T23:59:59.999Z'),
  ];
  const file = await textOf(csvStream(['a', 'b', 'c', 'd', 'e', 'f'], pagesOf([row])));
  expect(parseCsv(file.toString('utf8'))[1]).toEqual([
    ...['-5', '-9007199254740993', '-0.000000001', 'true', '', '2026-11-30T23:59:59.999Z'],
  ]);
});

test.each([
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '\r=1',
    '\n=1',
    '\u00a0=1',
    '\ufeff=1',
    '\u200b=1',
    '\uff1d1',
    '\uff201',
  ],
  ...['\tplain', '\rplain', '|calc', '%0A'],
])('a text that a spreadsheet may run is kept from it: %j', async (text) => {
  expect(safeText(text)).toBe(`'${text}`);
  const file = await textOf(csvStream(['a', 'b'], pagesOf([[text, 'b']])));
  expect(parseCsv(file.toString('utf8'))[1]).toEqual([`'${text}`, 'b']);
});

test('a text that is none is left alone', () => {
  for (const text of ['a=1', 'x -1', 'claude-sonnet', '1+1', ' plain']) expect(safeText(text)).toBe(text);
});

test('pages are read no faster than they are taken, and not any more once the reader has left', async () => {
  let read = 0;
  let isOver = false;
  async function* pages(): AsyncGenerator<Cell[][]> {
    try {
      for (;;) yield [[`row ${++read}`]];
    } finally {
      isOver = true;
    }
  }
  const reader = csvStream(['a'], pages()).getReader();
  for (let taken = 0; taken < 3; taken++) await reader.read();
  expect(read).toBeLessThanOrEqual(3);
  await reader.cancel();
  expect(isOver).toBe(true);
});
