import { expect, test } from 'vitest';
import { maxWorkerProcesses, readWorkerProcesses } from './worker-processes.ts';

test('one process where nothing is said, else as many as are asked for', () => {
  for (const text of [undefined, '', ' ', '1']) expect([text, readWorkerProcesses(text, false)]).toEqual([text, 1]);
  expect(readWorkerProcesses(' 2 ', true)).toBe(2);
  expect(readWorkerProcesses(String(maxWorkerProcesses), true)).toBe(maxWorkerProcesses);
});

test('what is no such number is refused by name and range', () => {
  const wrong = ['0', '-1', '2.5', 'x', '1e1', '0x2', '2 2', String(maxWorkerProcesses + 1), '9'.repeat(40)];
  for (const text of wrong) {
    expect(() => readWorkerProcesses(text, true), text).toThrow(
      /^WORKER_PROCESSES: must be a whole number from 1 to 64$/,
    );
  }
});

test('several processes with nothing between them are refused, and it is said what to set', () => {
  expect(() => readWorkerProcesses('2', false)).toThrow(/^WORKER_PROCESSES: is 2.*UPSTASH_REDIS_REST_URL and [^\n]+$/);
});
