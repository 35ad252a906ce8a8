import { readdirSync, readFileSync } from 'node:fs';
import { protocols } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import { readBodyError } from './error.ts';
import { readBodyUsage } from './usage.ts';

const folder = new URL('../../fixtures/', import.meta.url);
const cases = protocols.flatMap((protocol) =>
  readdirSync(new URL(protocol, folder))
    .filter((file) => file.endsWith('.body.json'))
    .map((file) => ({ protocol, file })),
);

test.each(cases)('the usage of $protocol $file is read', ({ protocol, file }) => {
  const body = readFileSync(new URL(`${protocol}/${file}`, folder));
  const expected = readFileSync(new URL(`${protocol}/${file.replace('.json', '.usage.json')}`, folder), 'utf8');
  expect(readBodyUsage(protocol, body) ?? null).toEqual(JSON.parse(expected).usage);
});

test.each(['<html>', '', '[]', '{"usage":', '{"usage":5}', '{"usage":null}', '{"usage":{}}', '[1', '[{}]'])(
  'a body that tells no usage gives none: %s',
  (text) => {
    for (const protocol of protocols) expect(readBodyUsage(protocol, Buffer.from(text))).toBeUndefined();
  },
);

describe('readBodyError', () => {
  const read = (status: number, body: unknown) =>
    readBodyError('openai-chat', status, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

  test.each([
    [429, { type: 'error', error: { type: 'rate_limit_error', message: 'm' } }, 'rate_limit_error', 'm'],
    [400, { error: { message: 'm', type: null, code: 'invalid_value' } }, 'invalid_value', 'm'],
    [400, [{ error: { code: 400, message: 'm', status: 'INVALID_ARGUMENT' } }], 'INVALID_ARGUMENT', 'm'],
    [500, { message: 'm', code: 7 }, '7', 'm'],
    [500, { error: 'm' }, 'error', 'm'],
    [502, '<html>', 'http_502', 'no readable error body'],
    [200, { error: { type: 't', message: 'm' } }, 't', 'm'],
  ])('an error of status %i is read: %j', (status, body, type, message) => {
    expect(read(status, body)).toEqual({ type, message });
  });

  test('a success is no error', () => {
    expect(read(200, { choices: [] })).toBeUndefined();
    expect(read(200, { error: null })).toBeUndefined();
  });

  test('a key quoted in the message is masked', () => {
    expect(
      read(401, { error: { message: 'Incorrect API key provided: sk-proj-abc123DEF456.' } })?.message,
    ).not.toContain('abc123');
  });
});
