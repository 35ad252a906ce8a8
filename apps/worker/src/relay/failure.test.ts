import { expect, test } from 'vitest';
import { connectionFailure, errorAfter, type Failure, isClientFault, retryAfterSeconds } from './failure.ts';

const nowMs = Date.parse('Sat, 21 Nov 2026 12:00:00 GMT');

test.each<[string, string | string[] | undefined, number | undefined]>([
  ['absent', undefined, undefined],
  ['sent twice', ['1', '2'], undefined],
  ['empty', '', undefined],
  ['seconds', '7', 7],
  ['a part of a second', '0.2', 1],
  ['zero', '0', undefined],
  ['negative', '-5', undefined],
  ['words', 'soon', undefined],
  ['a number with words behind it', '7 seconds', undefined],
  ['infinite', '1e999', undefined],
  ['far too long', '1000000000', 300],
  ['a date', 'Sat, 21 Nov 2026 12:00:42 GMT', 42],
  ['a date that is past', 'Sat, 21 Nov 2026 11:59:59 GMT', undefined],
  ['a date years ahead', 'Sat, 21 Nov 2030 12:00:00 GMT', 300],
])('a retry-after that is %s is read as what can be meant', (_, value, seconds) => {
  expect(retryAfterSeconds(value, nowMs)).toBe(seconds);
});

test('a connection that did not come about in time is told from one that was refused or broke', () => {
  const of = (code: string) => connectionFailure(Object.assign(new Error('m'), { code }), undefined);
  expect(of('UND_ERR_CONNECT_TIMEOUT')).toEqual({ kind: 'connect_timeout', text: 'connect_timeout' });
  expect(of('ECONNREFUSED')).toMatchObject({ kind: 'connect', text: 'ECONNREFUSED' });
  expect(connectionFailure(new TypeError('secret words'), 200)).toEqual({
    kind: 'connect',
    status: 200,
    text: 'TypeError',
  });
});

const status = (code: number, retryAfter?: number): Failure => {
  return { kind: 'status', status: code, text: `status ${code}`, retryAfterSeconds: retryAfter };
};

test.each<[string, Failure[], string, number | undefined]>([
  ['busy', [status(529)], 'overloaded', 1],
  ['busy, with the longest wait that was told', [status(429, 7), status(503, 3)], 'overloaded', 7],
  ['refused our credential', [status(401)], 'overloaded', 1],
  ['no connection', [{ kind: 'connect', text: 'ECONNREFUSED' }], 'overloaded', 1],
  ['no connection in time', [{ kind: 'connect_timeout', text: 'connect_timeout' }], 'upstream_timeout', undefined],
  ['silence behind a refusal', [status(500), { kind: 'idle_timeout', text: 'x' }], 'upstream_timeout', undefined],
])('what the client is told after: %s', (_, failures, code, seconds) => {
  const error = errorAfter(failures);
  expect([error.code, error.detail.retryAfterSeconds]).toEqual([code, seconds]);
});

test('an upstream’s word on the request itself is the client’s, one on our account never is', () => {
  for (const one of [400, 409, 411, 413, 414, 415, 416, 422]) expect([one, isClientFault(one)]).toEqual([one, true]);
  for (const one of [401, 402, 403, 404, 408, 425, 429, 500, 502, 503, 504, 529])
    expect([one, isClientFault(one)]).toEqual([one, false]);
});
