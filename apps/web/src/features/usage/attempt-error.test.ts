import { expect, test } from 'vitest';
import { attemptError, attemptErrorDetail } from './attempt-error.ts';

test.each([
  [undefined, 200, undefined],
  ['connect: ECONNREFUSED', undefined, 'connect'],
  ['connect_timeout', undefined, 'connect_timeout'],
  ['first_byte_timeout', undefined, 'first_byte_timeout'],
  ['idle_timeout', 200, 'idle_timeout'],
  ['status 400', 400, 'refused'],
  ['status: status 500', 500, 'status'],
  ['status: status 529', 529, 'busy'],
  ['error_event: overloaded_error', 200, 'error_event'],
  ['no_answer: the body is empty', 200, 'no_answer'],
  ['encoding: the answer came in an encoding that was not asked for', 200, 'encoding'],
  ['balance used up', 200, 'balance'],
  ['client left', 200, 'client_left'],
  ['UND_ERR_SOCKET', 200, 'broke'],
  ['overloaded_error', 200, 'broke'],
] as const)('the worker’s "%s" is told as what it means', (error, status, meaning) => {
  expect(attemptError({ error, status })).toBe(meaning);
});

test('a refusal that was repaired is told as that', () => {
  const repair = [{ path: 'temperature', reason: 'the model does not take it' }];
  expect(attemptError({ error: 'status 400', status: 400, repair })).toBe('repaired');
  expect(attemptError({ error: 'status 400', status: 400, repair: [] })).toBe('refused');
});

test('only what adds to the meaning is shown beside it', () => {
  expect(attemptErrorDetail({ error: 'connect: ECONNREFUSED' })).toBe('ECONNREFUSED');
  expect(attemptErrorDetail({ error: 'overloaded_error', status: 200 })).toBe('overloaded_error');
  for (const error of ['status: status 500', 'status 400', 'idle_timeout', 'balance used up', undefined]) {
    expect(attemptErrorDetail({ error, status: 500 })).toBeUndefined();
  }
});
