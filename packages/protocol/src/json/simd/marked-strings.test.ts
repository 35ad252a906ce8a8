import { RelayError } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScannedObject, scanObject } from '../scan.ts';
import { StringWalker } from '../strings.ts';
import { wantKeys } from '../wanted.ts';
import { MarkedStrings } from './marked-strings.ts';
import { markWindow, windowBytes } from './marker.ts';

const wanted = wantKeys('model', 'stream');

type Walk = 'marks' | 'bytes';
type Outcome = ScannedObject | { readonly code: string; readonly detail: unknown };

function scan(text: Buffer, walk: Walk, start = 0, end = text.length): Outcome {
  const strings = walk === 'marks' ? new MarkedStrings(text, start, end) : new StringWalker(text, end);
  try {
    return scanObject(text, wanted, start, end, strings);
  } catch (error) {
    if (error instanceof RelayError) return { code: error.code, detail: error.detail };
    throw error;
  }
}

/** Both ways, compared; returns what they agree on. */
function agreed(text: string | Buffer): Outcome {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const expected = scan(bytes, 'bytes');
  expect(scan(bytes, 'marks')).toEqual(expected);
  return expected;
}

/** Whether no window is handed back to the walk over bytes. */
function isMarkedToItsEnd(text: Buffer): boolean {
  let state = 0;
  for (let at = 0; at < text.length && state !== -1; at += windowBytes) {
    state = markWindow(text, at, text.length, state);
  }
  return state !== -1;
}

const isRefused = (outcome: Outcome) => 'code' in outcome;

/** Lengths at which something of a block or window begins or ends. */
const borderBytes = [
  0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 126, 127, 128, 129,
];
const padding = fc.oneof(
  fc.constantFrom(...borderBytes),
  fc.nat(140),
  fc.integer({ min: windowBytes - 80, max: windowBytes + 16 }),
);
const escapes = ['\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t', '\\u00e9', '\\uD83d', '\\uFFFF', '\\u0022'];
const plain = ['a', 'u', 'n', 'é', '中', '😀', ' ', '\u007f', '{', '}', ',', ':', '//', '0000', '\\\\'.repeat(40)];
const wrong = [
  '\\x',
  '\\u12',
  '\\u12g4',
  '\\U0000',
  '\\u',
  '\\',
  '\\\\\\',
  '"',
  '\n',
  '\t',
  '\0',
  '\u001f',
  '\\u00"',
  '\\é',
];
const content = (...pieces: string[]) => fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((p) => p.join(''));

describe('MarkedStrings', () => {
  test('well-formed strings of every escape are accepted wherever blocks and windows end', () => {
    fc.assert(
      fc.property(padding, content(...escapes, ...plain), content(...plain), (before, first, second) => {
        const text = `{"p":"${'x'.repeat(before)}","${first}":["${second}","${first}"],"model":"${first}"}`;
        expect(isRefused(agreed(text))).toBe(false);
        expect(isMarkedToItsEnd(Buffer.from(text))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('anything strung together is judged alike, down to the byte that an error names', () => {
    const mixed = fc.oneof(content(...escapes, ...plain, ...wrong), content(...wrong), content(...escapes, ...wrong));
    fc.assert(
      fc.property(padding, mixed, fc.constantFrom('"}', '', '\\', '"', '\\"}', '\\u'), (before, middle, close) => {
        agreed(`{"p":"${'x'.repeat(before)}${middle}${close}`);
        agreed(`{"p":"${'x'.repeat(before)}","q":${middle}${close}`);
      }),
      { numRuns: 1500 },
    );
  });

  test('one wrong piece is refused alike on every place of two blocks and around the end of a window', () => {
    const places = [...Array(140).keys(), ...Array.from({ length: 24 }, (_, i) => windowBytes - 20 + i)];
    for (const piece of wrong) {
      for (const place of places) {
        const outcome = agreed(`{"p":"${'x'.repeat(place)}${piece}z","q":"${'y'.repeat(70)}"}`);
        expect(isRefused(outcome), `${JSON.stringify(piece)} at ${place}`).toBe(true);
      }
    }
  });

  test('a byte behind a backslash, or as a digit of a \\u, is a problem exactly where JSON forbids it, on every place', () => {
    const digits = '0123456789abcdefABCDEF';
    const cases = [['\\?', '"\\/bfnrtu'], ...['?123', '1?23', '12?3', '123?'].map((rest) => [`\\u${rest}`, digits])];
    const wrongly: string[] = [];
    for (const [piece = '', allowed = ''] of cases) {
      for (let place = 0; place < 64; place++) {
        const text = Buffer.from(`{"p":"${'x'.repeat(place)}${piece}0000"}`);
        const at = text.indexOf('?');
        for (let value = 0; value < 256; value++) {
          text[at] = value;
          const isAllowed = allowed.includes(String.fromCharCode(value));
          if (isMarkedToItsEnd(text) !== isAllowed) wrongly.push(`${piece} with ${value} at ${place}`);
        }
      }
    }
    expect(wrongly).toEqual([]);
  });

  test('any bytes at all are judged alike', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((part) => Buffer.from(part));
    const dense = fc.array(fc.constantFrom(0x22, 0x5c, 0x75, 0x30, 0x0a, 0x80, 0xff), { maxLength: 200 });
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          dense.map((part) => Buffer.from(part)),
        ),
        (part) => {
          agreed(Buffer.concat([Buffer.from('{"a":"'), part, Buffer.from('"}')]));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('line breaks and tabs between strings are no problem, and none inside of one gets through', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(value, fc.constantFrom('\t', 2, '\n\t\r'), fc.nat(), (object, indent, at) => {
        const text = JSON.stringify({ ...object, list: [object, 'a "b"\n'.repeat(30)] }, null, indent);
        expect(isRefused(agreed(text))).toBe(false);
        expect(isMarkedToItsEnd(Buffer.from(text))).toBe(true);
        const spoilt = Buffer.from(text);
        spoilt[at % spoilt.length] = 0x0a;
        agreed(spoilt);
      }),
    );
  });

  test('strings longer than several windows, and windows of nothing but quotes, are walked to their ends', () => {
    const long = `{"model":"${'\\"\\u00e9'.repeat(windowBytes)}","list":[${'"",'.repeat(windowBytes)}""],"stream":true}`;
    expect(agreed(long)).toMatchObject({ spans: [{ kind: 'string' }, { kind: 'true' }] });
    expect(isRefused(agreed(long.slice(0, -40)))).toBe(true);
    expect(isRefused(agreed(long.replace(/"",""\]/, '"","\\x"]')))).toBe(true);
    expect(agreed(Buffer.alloc(windowBytes * 3, '"'))).toMatchObject({ code: 'invalid_request' });
  });

  test('a range inside a text is judged without what lies around it', () => {
    fc.assert(
      fc.property(content(...escapes, ...plain, ...wrong), fc.nat(90), fc.nat(90), (middle, start, cut) => {
        const text = Buffer.from(`${'"\\'.repeat(start)}{"a":"${middle}"}${'u"\\'.repeat(30)}`);
        const end = text.length - cut;
        expect(scan(text, 'marks', start * 2, end)).toEqual(scan(text, 'bytes', start * 2, end));
      }),
      { numRuns: 600 },
    );
  });

  test('what an earlier text left behind is not seen by the next', () => {
    scan(Buffer.from(`{"a":"${'\\'.repeat(windowBytes - 1)}`), 'marks');
    expect(isRefused(agreed('{"a":"b"}'))).toBe(false);
    scan(Buffer.alloc(windowBytes, '"'), 'marks');
    expect(isRefused(agreed('{"a":"b'))).toBe(true);
  });
});
