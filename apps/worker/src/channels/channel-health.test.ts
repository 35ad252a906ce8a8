import { expect, test } from 'vitest';
import type { Blame } from './blame.ts';
import { ChannelHealth } from './channel-health.ts';

const told = { scope: 'channel', ejects: true, restMs: 60_000, isAsked: true, text: 'status 429' } as const;
const failedBy = (blame: Blame, health = new ChannelHealth(() => {})) => {
  health.failed(health.begin(), 1_000, blame, 'm', 0);
  return health;
};

test('a time that the upstream named is kept to its end, and is when to come back', () => {
  const health = failedBy(told);
  expect([health.verdict('m', 1_000), health.verdict('n', 60_999)]).toEqual(['waiting', 'waiting']);
  expect(health.retryAtMs('n')).toBe(61_000);
  expect(health.verdict('m', 61_000)).toBe('ejected');
});

test('a shorter word that comes later does not cut a longer one short', () => {
  const health = failedBy(told);
  health.failed(1, 2_000, { ...told, restMs: 1_000 }, 'm', 0);
  expect(health.verdict('m', 60_000)).toBe('waiting');
});

test('a busy server is left alone as long as it said, and takes everything again then', () => {
  const health = failedBy({ ...told, ejects: false });
  expect([health.verdict('m', 60_999), health.state]).toEqual(['waiting', 'closed']);
  expect(health.retryAtMs('m')).toBe(61_000);
  expect(health.verdict('m', 61_000)).toBe('well');
});

test('what is said of one model is kept for that model alone', () => {
  const health = failedBy({ ...told, scope: 'model' });
  expect([health.verdict('m', 60_999), health.verdict('n', 1_000)]).toEqual(['waiting', 'well']);
  expect([health.retryAtMs('m'), health.retryAtMs('n')]).toEqual([61_000, 0]);
});

test('a rest of our own choosing may be cut short by a request that has nowhere else to go', () => {
  const { isAsked: _, ...own } = told;
  expect(failedBy(own).verdict('m', 1_000)).toBe('ejected');
  expect(failedBy({ ...own, scope: 'model' }).verdict('m', 1_000)).toBe('resting');
});

test('a reset ends every wait', () => {
  const health = failedBy({ ...told, scope: 'model' }, failedBy(told));
  health.reset(2_000);
  expect([health.verdict('m', 2_000), health.state]).toEqual(['well', 'closed']);
});
