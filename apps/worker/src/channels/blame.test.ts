import { expect, test } from 'vitest';
import type { Failure } from '../relay/failure.ts';
import { blameFor } from './blame.ts';

const status = (code: number, over: Partial<Failure> = {}): Failure => {
  return { kind: 'status', status: code, text: `status ${code}`, ...over };
};
const short = (failure: Failure, namesObjects = false) => {
  const blame = blameFor(failure, namesObjects);
  return blame && [blame.scope, blame.ejects, blame.restMs];
};

test.each<[string, Failure, unknown]>([
  ['a refused connection', { kind: 'connect', text: 'ECONNREFUSED' }, ['channel', false, 0]],
  ['a proxy that is gone', { kind: 'connect', text: 'proxy', isProxyFault: true }, undefined],
  ['silence', { kind: 'first_byte_timeout', text: 'first_byte_timeout' }, ['channel', false, 0]],
  ['an error in a 200', { kind: 'error_event', status: 200, text: 'overloaded_error' }, ['channel', false, 0]],
  ['a page in a 200', { kind: 'no_answer', status: 200, text: 'the body is not JSON' }, ['channel', false, 0]],
  ['500', status(500), ['channel', false, 0]],
  ['529', status(529), ['channel', false, 0]],
  ['408', status(408), ['channel', false, 0]],
  ['429 without a word', status(429), ['channel', false, 0]],
  ['429 that says when', status(429, { retryAfterSeconds: 7 }), ['channel', true, 7_000]],
  ['429 for ever', status(429, { retryAfterSeconds: 1e9 }), ['channel', true, 300_000]],
  ['429 for one model', status(429, { retryAfterSeconds: 7, namesModel: true }), ['model', true, 7_000]],
  ['503 that says when', status(503, { retryAfterSeconds: 7 }), ['channel', false, 7_000]],
  ['529 for ever', status(529, { retryAfterSeconds: 1e9 }), ['channel', false, 30_000]],
  ['503 of one model', status(503, { retryAfterSeconds: 7, namesModel: true }), ['model', false, 7_000]],
  ['500 that says when', status(500, { retryAfterSeconds: 7 }), ['channel', false, 0]],
  ['401', status(401), ['channel', true, 60_000]],
  ['402', status(402), ['channel', true, 60_000]],
  ['403', status(403), ['channel', true, 60_000]],
  ['403 for one model', status(403, { namesModel: true }), ['model', false, 60_000]],
  ['404 of the model', status(404, { namesModel: true }), ['model', false, 60_000]],
  ['404 of anything else', status(404), undefined],
  ['a wrong request told in a 200', { kind: 'error_event', text: 'invalid_request_error' }, undefined],
])('%s', (_, failure, expected) => {
  expect(short(failure)).toEqual(expected);
});

test('a request that names objects of an account cannot eject a channel by naming ones that are not there', () => {
  expect(short(status(403), true)).toBeUndefined();
  expect(short(status(404, { namesModel: true }), true)).toBeUndefined();
  expect(short(status(401), true)).toEqual(['channel', true, 60_000]);
});

test('only a time that the upstream named itself is kept whatever else there is', () => {
  expect(blameFor(status(429, { retryAfterSeconds: 7 }), false)?.isAsked).toBe(true);
  expect(blameFor(status(503, { retryAfterSeconds: 7 }), false)?.isAsked).toBe(true);
  for (const failure of [
    status(401),
    status(403, { namesModel: true }),
    status(404, { namesModel: true }),
    status(500),
  ])
    expect(blameFor(failure, false)?.isAsked).toBeUndefined();
});
