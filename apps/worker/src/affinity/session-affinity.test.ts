import { expect, test } from 'vitest';
import { createSessionAffinity } from './session-affinity.ts';

let nowMs = 0;
const clock = { now: () => nowMs, monotonicMs: () => nowMs };
const stay = (channelId: string, cachedTokens = 0, model = 'm') => ({ model, channelId, cachedTokens });

test('a session is found until it was silent for its time; use renews it', () => {
  nowMs = 0;
  const affinity = createSessionAffinity(clock, 300);
  affinity.remember('s', stay('a'));
  nowMs = 299_000;
  expect(affinity.find('s')).toEqual([stay('a')]);
  nowMs = 598_000;
  expect(affinity.find('s')).toEqual([stay('a')]);
  nowMs = 898_001;
  expect(affinity.find('s')).toEqual([]);
});

test('the sessions that were silent longest go first when there are too many', () => {
  nowMs = 0;
  const affinity = createSessionAffinity(clock, 300, 2);
  affinity.remember('s1', stay('a'));
  affinity.remember('s2', stay('b'));
  affinity.find('s1');
  affinity.remember('s3', stay('c'));
  expect(['s1', 's2', 's3'].map((session) => affinity.find(session))).toEqual([[stay('a')], [], [stay('c')]]);
});

test('each model of a session has its own place, the last one counts, a few are kept', () => {
  const affinity = createSessionAffinity(clock, 300);
  affinity.remember('s', stay('a', 5));
  affinity.remember('s', stay('b', 3, 'n'));
  affinity.remember('s', stay('c', 4));
  expect(affinity.find('s')).toEqual([stay('c', 4), stay('b', 3, 'n')]);
  for (let i = 0; i < 9; i++) affinity.remember('s', stay('a', 0, `m${i}`));
  expect(affinity.find('s')).toHaveLength(4);
});

test('a side request without any cache does not forget what the conversation has there', () => {
  const affinity = createSessionAffinity(clock, 300);
  affinity.remember('s', stay('a', 900));
  affinity.remember('s', stay('a', 0));
  expect(affinity.find('s')).toEqual([stay('a', 900)]);
  affinity.remember('s', stay('b', 0));
  expect(affinity.find('s')).toEqual([stay('b', 0)]);
});
