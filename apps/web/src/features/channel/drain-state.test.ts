import { expect, test } from 'vitest';
import type { Channel } from './channel-filter.ts';
import { drainState } from './drain-state.ts';

const since = new Date('2026-11-22T10:00:00Z');
const seen = (seconds: number, inFlight: number) =>
  ({ seenAt: new Date(since.getTime() + seconds * 1_000), inFlight }) as Channel['health'];
const channel = (fields: Partial<Channel>) => ({ enabled: true, drainingSince: since, ...fields }) as Channel;

test('a channel that takes requests, or is off, is not being drained', () => {
  expect(drainState(channel({ drainingSince: null, health: seen(9, 3) }))).toEqual({ kind: 'none' });
  expect(drainState(channel({ enabled: false, health: seen(9, 3) }))).toEqual({ kind: 'none' });
});

test('nothing under way counts only where every worker has said so after it heard of the draining', () => {
  expect(drainState(channel({ health: seen(-2, 0) }))).toEqual({ kind: 'draining', inFlight: undefined });
  expect(drainState(channel({ health: seen(0.5, 0) }))).toEqual({ kind: 'draining', inFlight: undefined });
  expect(drainState(channel({ health: undefined }))).toEqual({ kind: 'draining', inFlight: undefined });
  expect(drainState(channel({ health: seen(4, 2) }))).toEqual({ kind: 'draining', inFlight: 2 });
  expect(drainState(channel({ health: seen(4, 0) }))).toEqual({ kind: 'drained' });
});
