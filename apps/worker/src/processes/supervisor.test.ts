import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToProcess } from './messages.ts';
import { restartPauseMs, soundLifeMs } from './restart-pause.ts';
import { createSupervisor, type ProcessEvents } from './supervisor.ts';

const stopWithinMs = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Processes that do nothing by themselves: each test says what they say and when they end. */
function setUp(processes: number) {
  const started: { slot: number; events: ProcessEvents; told: ToProcess[]; isKilled: boolean }[] = [];
  const said = { ready: [] as string[], failed: [] as string[], exitCode: undefined as number | undefined };
  const supervisor = createSupervisor({
    ...{ processes, stopWithinMs },
    start(slot, events) {
      const one = { slot, events, told: [] as ToProcess[], isKilled: false };
      started.push(one);
      return {
        pid: started.length,
        tell: (message) => void one.told.push(message),
        kill() {
          one.isKilled = true;
          events.ended(null, 'SIGKILL');
        },
      };
    },
    monotonicMs: () => performance.now(),
    log: { info() {}, error() {} },
    onReady: (url) => said.ready.push(url),
    onFailed: (line) => said.failed.push(line),
  });
  void supervisor.ended.then((code) => {
    said.exitCode = code;
  });
  const last = (slot: number) => started.findLast((one) => one.slot === slot)!;
  const ready = (slot: number) => last(slot).events.said({ kind: 'ready', url: 'http://here' });
  const slots = () => started.map(({ slot }) => slot);
  return { supervisor, started, said, last, ready, slots };
}

const passMs = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('all are started at once, and it is said once that they are ready', async () => {
  const { said, ready, slots } = setUp(3);
  expect(slots()).toEqual([1, 2, 3]);
  ready(2);
  ready(1);
  expect(said.ready).toEqual([]);
  ready(3);
  expect(said.ready).toEqual(['http://here']);
});

test('one that ends is replaced in its own place while the others go on, ever later where it keeps ending', async () => {
  const { said, last, ready, slots, started } = setUp(2);
  ready(1);
  ready(2);
  const pauses = [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000];
  for (const [index, pauseMs] of pauses.entries()) {
    // Whether it crashed, was killed, or could not start again.
    if (index % 2) last(2).events.said({ kind: 'failed', line: 'the database is away' });
    last(2).events.ended(index % 2 ? 1 : null, index % 2 ? null : 'SIGKILL');
    await passMs(pauseMs - 1);
    expect(started).toHaveLength(index + 2);
    await passMs(1);
    expect(started).toHaveLength(index + 3);
  }
  expect(new Set(slots().slice(2))).toEqual(new Set([2]));
  expect(last(1).told).toEqual([]);
  expect(said).toMatchObject({ failed: [], exitCode: undefined, ready: ['http://here'] });
});

test('whoever lived long is replaced soon, whatever came before', async () => {
  const { last, ready, started } = setUp(1);
  ready(1);
  for (let round = 0; round < 8; round++) {
    last(1).events.ended(1, null);
    await passMs(restartPauseMs(round + 1));
  }
  await passMs(soundLifeMs);
  last(1).events.ended(1, null);
  const before = started.length;
  await passMs(restartPauseMs(1));
  expect(started).toHaveLength(before + 1);
});

test('the pause doubles up to half a minute and never beyond', () => {
  expect([1, 2, 3, 8, 9, 1_000].map(restartPauseMs)).toEqual([200, 400, 800, 25_600, 30_000, 30_000]);
});

test('one that cannot start for the first time stops all, with its line said once and exit code 1', async () => {
  const { said, last, ready } = setUp(3);
  ready(1);
  for (const slot of [2, 3]) last(slot).events.said({ kind: 'failed', line: 'The worker cannot start: port' });
  for (const slot of [2, 3]) last(slot).events.ended(1, null);
  expect(last(1).told).toEqual([{ kind: 'stop' }]);
  await passMs(0);
  expect(said.exitCode).toBeUndefined();
  last(1).events.ended(0, null);
  await passMs(60_000);
  expect(said).toEqual({ ready: [], failed: ['The worker cannot start: port'], exitCode: 1 });
});

test('one that dies at its first start without a word is named', async () => {
  const { said, last } = setUp(2);
  last(2).events.ended(null, 'SIGSEGV');
  last(1).events.ended(0, null);
  await passMs(0);
  expect(said).toMatchObject({ failed: ['The worker cannot start: process 2 ended by SIGSEGV'], exitCode: 1 });
});

test('a stop lets all drain, a second one hurries them, nothing is started any more, and the exit code is 0', async () => {
  const { supervisor, said, last, ready, started } = setUp(3);
  for (const slot of [1, 2, 3]) ready(slot);
  last(3).events.ended(1, null);
  supervisor.stop();
  expect([1, 2].map((slot) => last(slot).told)).toEqual([[{ kind: 'stop' }], [{ kind: 'stop' }]]);
  supervisor.stop();
  expect(last(1).told.at(-1)).toEqual({ kind: 'hurry' });
  last(1).events.ended(0, null);
  await passMs(stopWithinMs / 2);
  expect([said.exitCode, started.length]).toEqual([undefined, 3]);
  last(2).events.ended(0, null);
  await passMs(0);
  expect(said.exitCode).toBe(0);
});

test('whoever is there long after the stop is killed, and the exit code says so', async () => {
  const { supervisor, said, last, ready } = setUp(2);
  ready(1);
  ready(2);
  supervisor.stop();
  last(1).events.ended(0, null);
  await passMs(stopWithinMs);
  expect([last(1).isKilled, last(2).isKilled, said.exitCode]).toEqual([false, true, 1]);
});

test('figures are collected from all that run; who is silent is left out in time', async () => {
  const { last, ready } = setUp(4);
  for (const slot of [1, 2, 3, 4]) ready(slot);
  last(4).events.ended(null, 'SIGKILL');
  last(2).events.said({ kind: 'ask-figures', question: 7 });
  const asked = last(1).told.at(-1)!;
  if (asked.kind !== 'tell-figures') throw new Error('not asked');
  for (const slot of [1, 2]) {
    last(slot).events.said({ kind: 'figures', question: asked.question, figures: { a: slot } });
  }
  expect(last(2).told).toHaveLength(1);
  await passMs(500);
  expect(last(2).told.at(-1)).toEqual({
    ...{ kind: 'all-figures', question: 7 },
    processes: [
      { slot: 1, restarts: 0, figures: { a: 1 } },
      { slot: 2, restarts: 0, figures: { a: 2 } },
      { slot: 3, restarts: 0, figures: undefined },
      { slot: 4, restarts: 1, figures: undefined },
    ],
  });
  expect([1, 3].map((slot) => last(slot).told.length)).toEqual([1, 1]);
});
