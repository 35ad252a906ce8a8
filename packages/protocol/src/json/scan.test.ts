import { RelayError } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxJsonDepth, scanBody } from './scan.ts';
import { wantKeys } from './wanted.ts';

const wanted = wantKeys('model', 'stream');

function scan(text: string | Buffer) {
  return scanBody(typeof text === 'string' ? Buffer.from(text) : text, wanted);
}

function accepts(text: string | Buffer): boolean {
  try {
    scan(text);
    return true;
  } catch (error) {
    if (error instanceof RelayError && error.code === 'invalid_request') return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const pieces = ['{', '}', '[', ']', ',', ':', '"a"', '"model"', '1', '-0.5e+3', '01', 'true', 'nul', 'null', ' ', '\n'];
pieces.push(
  '"\\n"',
  '"\\u00e9"',
  '"\\x"',
  '"\u0001"',
  '"é"',
  '.',
  '-',
  '"',
  '\\',
  '\t',
  '"x\n"',
  '{"a":',
  '[1,',
  '{}',
  '[]',
);

describe('scanBody', () => {
  test('accepts exactly the objects that JSON.parse accepts, whatever tokens are strung together', () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => `{${parts.join('')}}`);
    fc.assert(
      fc.property(text, (candidate) => {
        fc.pre(!/"model".*"model"/s.test(candidate));
        expect(accepts(candidate)).toBe(parses(candidate));
      }),
      { numRuns: 1500 },
    );
  });

  test('accepts any JSON object, compact or spread over lines, and finds the wanted values byte for byte', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.boolean(), (object, model, spread) => {
        const value = { ...object, model };
        fc.pre(!Object.keys(value).some((key) => key !== 'model' && /^(model|stream)$/i.test(key)));
        const text = Buffer.from(JSON.stringify(value, null, spread ? 2 : 0));
        const span = scan(text).spans[0];
        expect(JSON.parse(text.toString('utf8', span?.start, span?.end))).toEqual(JSON.parse(JSON.stringify(model)));
      }),
    );
  });

  test('any one byte changed is judged as JSON.parse judges it', () => {
    const base = Buffer.from(
      `{"name":"a\\n","list":[1,-2.5e3,{"k":null}],"long":"${'plain text '.repeat(60)}","t":true}`,
    );
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.integer({ min: 0, max: 127 }), (at, value) => {
        const changed = Buffer.from(base);
        changed[at] = value;
        expect(accepts(changed)).toBe(parses(changed.toString('utf8')));
      }),
      { numRuns: 1500 },
    );
  });

  test('a control byte inside a long string is refused wherever it stands', () => {
    for (let at = 20; at < 620; at += 7) {
      const text = Buffer.from(`{"text":"${'x'.repeat(700)}"}`);
      text[at] = 0x0a;
      expect(accepts(text)).toBe(false);
    }
  });

  test.each([
    ['a byte order mark', Buffer.from('\ufeff{}')],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['overlong UTF-8', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
    ['a comment', '{"a":1/**/}'],
    ['NaN', '{"a":NaN}'],
    ['a trailing comma', '{"a":1,}'],
    ['a second document', '{}{}'],
    ['an array', '[]'],
    ['nothing', ''],
    ['a cut text', '{"a":{"b":"c'],
    ['NUL behind the end', '{}\0'],
    ['control bytes posing as hex digits', '{"a":"\\u\x11\x11\x11\x11"}'],
  ])('refuses %s', (_, text) => expect(accepts(text)).toBe(false));

  test('nesting is accepted up to the bound and refused beyond it, a million deep as well', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(accepts(nested(maxJsonDepth))).toBe(true);
    expect(accepts(nested(maxJsonDepth + 1))).toBe(false);
    expect(accepts(nested(1_000_000))).toBe(false);
    expect(accepts('{"a":'.repeat(1_000_000))).toBe(false);
  });

  test('a wanted key is found however it is escaped, and only at the top level', () => {
    expect(scan('{"x":{"model":1},"mod\\u0065l":"m"}').spans[0]).toMatchObject({ kind: 'string' });
    expect(scan('{"x":{"model":1}}').spans[0]).toBeUndefined();
    expect(scan('{"a\\"b":1,"é":2}').spans).toEqual([undefined, undefined]);
  });

  test.each([
    '{"model":"a","model":"b"}',
    '{"model":"a","mod\\u0065l":"b"}',
    '{"model":null,"x":1,"model":"b"}',
    '{"model":"a","MODEL":"b"}',
    '{"\\u004dodel":"b"}',
    '{"\u017ftream":true}',
  ])('a wanted key that another reader could read otherwise is refused: %s', (text) =>
    expect(accepts(text)).toBe(false),
  );

  test('keys that nobody asked for may repeat', () => expect(accepts('{"a":1,"a":2}')).toBe(true));

  test('text is counted by its bytes, an image by what it weighs as a prompt', () => {
    expect(scan('{"ab":"cde","n":[1,"é"]}').textBytes).toBe(2 + 3 + 1 + 2);
    const image = JSON.stringify({ d: `/9j/${'A'.repeat(300_000)}` });
    expect(scan(image).textBytes).toBeLessThan(7_000);
    const words = JSON.stringify({ d: 'word '.repeat(60_000) });
    expect(scan(words).textBytes).toBe(300_001);
  });
});
