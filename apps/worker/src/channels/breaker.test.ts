import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Breaker, maxEjectionMs } from './breaker.ts';

const plain = { ejects: false, restMs: 0 };
/** A breaker that failed so often in a row, a millisecond apart, from `fromMs` on. */
function failed(times: number, breaker = new Breaker(), fromMs = 0): Breaker {
  for (let i = 0; i < times; i++) breaker.fail(breaker.begin(), fromMs + i, plain, 0);
  return breaker;
}

test('five failures in a row eject the channel, four do not', () => {
  expect(failed(4).state).toBe('closed');
  expect(failed(5).state).toBe('open');
});

test('a success in between begins the count anew', () => {
  const breaker = failed(4);
  breaker.succeed(breaker.begin(), 4);
  expect(failed(4, breaker, 5).state).toBe('closed');
});

test('half of at least twenty attempts in half a minute eject it, older ones do not count', () => {
  const alternate = (attempts: number, stepMs: number) => {
    const breaker = new Breaker();
    for (let i = 0; i < attempts && breaker.state === 'closed'; i++) {
      if (i % 2) breaker.succeed(breaker.begin(), i * stepMs);
      else breaker.fail(breaker.begin(), i * stepMs, plain, 0);
    }
    return breaker.state;
  };
  expect(alternate(19, 100)).toBe('closed');
  expect(alternate(21, 100)).toBe('open');
  expect(alternate(200, 3_000)).toBe('closed');
});

test('an ejection lasts five seconds, then twice as long each time, up to five minutes, and ends early by chance', () => {
  const breaker = failed(5);
  const lengths: number[] = [];
  let nowMs = 4;
  for (let i = 0; i < 8; i++) {
    lengths.push(breaker.ejectedUntilMs - nowMs);
    nowMs = breaker.ejectedUntilMs;
    breaker.probeAnswered(nowMs);
    breaker.fail(breaker.begin(), nowMs, plain, 0);
  }
  expect(lengths).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  const early = new Breaker();
  for (let i = 0; i < 5; i++) early.fail(early.begin(), 0, plain, 0.5);
  expect(early.ejectedUntilMs).toBe(4_500);
});

test('a channel that was well for a while begins again with the first ejection', () => {
  const breaker = failed(5);
  breaker.probeAnswered(5_004);
  breaker.succeed(breaker.begin(), 5_010);
  failed(5, breaker, 100_000);
  expect(breaker.ejectedUntilMs - 100_004).toBe(5_000);
});

test('a sign of life lets one request at a time through, never more, and its success closes the breaker', () => {
  const breaker = failed(5);
  breaker.probeAnswered(5_100);
  expect(breaker.state).toBe('half_open');
  const ticket = breaker.begin();
  expect(breaker.hasRoom).toBe(false);
  breaker.release(ticket);
  expect(breaker.hasRoom).toBe(true);
  const next = breaker.begin();
  breaker.answering(next, 5_200);
  expect(breaker.state).toBe('closed');
  breaker.fail(next, 5_300, plain, 0);
  expect(breaker.consecutiveFailures).toBe(1);
});

test('a rest is kept: no probe is wanted, and no sign of life counts, before it is over', () => {
  const breaker = new Breaker();
  breaker.fail(breaker.begin(), 0, { ejects: true, restMs: 60_000 }, 0);
  expect(breaker.ejectedUntilMs).toBe(60_000);
  expect(breaker.wantsProbe(59_999)).toBe(false);
  breaker.probeAnswered(59_999);
  expect(breaker.state).toBe('open');
  expect(breaker.wantsProbe(60_000)).toBe(true);
  const greedy = new Breaker();
  greedy.fail(greedy.begin(), 0, { ejects: true, restMs: 1e12 }, 0);
  expect(greedy.ejectedUntilMs).toBe(maxEjectionMs);
});

test('probes are wanted when the ejection ends and every ten seconds of a long one', () => {
  const breaker = failed(5);
  expect(breaker.wantsProbe(5_003)).toBe(false);
  expect(breaker.wantsProbe(5_004)).toBe(true);
  breaker.probed(5_004);
  expect(breaker.wantsProbe(15_003)).toBe(false);
  expect(breaker.wantsProbe(15_004)).toBe(true);
  const long = failed(5);
  for (let i = 0; i < 3; i++) {
    long.probeAnswered(long.ejectedUntilMs);
    long.fail(long.begin(), long.ejectedUntilMs, plain, 0);
  }
  const ejectedAtMs = long.ejectedUntilMs - 40_000;
  expect(long.wantsProbe(ejectedAtMs + 10_000)).toBe(true);
});

test('a channel whose model list is broken is tried after a long while all the same', () => {
  const breaker = failed(5);
  breaker.probeFailed(breaker.ejectedUntilMs + maxEjectionMs - 1);
  expect(breaker.state).toBe('open');
  breaker.probeFailed(breaker.ejectedUntilMs + maxEjectionMs);
  expect(breaker.state).toBe('half_open');
});

test('what began before an ejection neither prolongs it nor ends it', () => {
  const breaker = new Breaker();
  const old = breaker.begin();
  failed(5, breaker);
  const untilMs = breaker.ejectedUntilMs;
  breaker.fail(old, 100, plain, 0);
  breaker.succeed(old, 100);
  expect([breaker.state, breaker.ejectedUntilMs]).toEqual(['open', untilMs]);
});

test('a reset takes the channel back at once', () => {
  const breaker = new Breaker();
  breaker.fail(breaker.begin(), 0, { ejects: true, restMs: 60_000 }, 0);
  const trial = breaker.begin();
  breaker.reset(10);
  breaker.fail(trial, 20, plain, 0);
  expect([breaker.state, breaker.consecutiveFailures, breaker.hasRoom]).toEqual(['closed', 0, true]);
});

test('whatever happens: one trial at a time, ejections within bounds, the counts of a window never negative', () => {
  const step = fc.record({
    what: fc.constantFrom('begin', 'succeed', 'fail', 'release', 'answering', 'probeAnswered', 'probeFailed', 'reset'),
    afterMs: fc.nat(20_000),
    which: fc.nat(5),
    restMs: fc.constantFrom(0, 0, 1_000, 1e9),
    draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let changes = 0;
      const breaker = new Breaker(() => changes++);
      const open: { ticket: number; isTrial: boolean }[] = [];
      let nowMs = 0;
      let state = breaker.state;
      let seen = 0;
      for (const { what, afterMs, which, restMs, draw } of steps) {
        nowMs += afterMs;
        const [one] =
          what === 'succeed' || what === 'fail' || what === 'release' ? open.splice(which, 1) : [open[which]];
        if (what === 'begin') {
          if (breaker.hasRoom) open.push({ ticket: breaker.begin(), isTrial: breaker.state !== 'closed' });
        } else if (what === 'probeAnswered' || what === 'probeFailed' || what === 'reset') breaker[what](nowMs);
        else if (one && what === 'fail') breaker.fail(one.ticket, nowMs, { ejects: false, restMs }, draw);
        else if (one && what === 'succeed') breaker.succeed(one.ticket, nowMs);
        else if (one && what === 'release') breaker.release(one.ticket);
        else if (one) breaker.answering(one.ticket, nowMs);
        if (breaker.state !== state) seen++;
        state = breaker.state;
        expect(breaker.ejectedUntilMs).toBeLessThanOrEqual(nowMs + maxEjectionMs);
        expect(breaker.recent.some).toBeGreaterThanOrEqual(0);
        expect(breaker.recent.all).toBeGreaterThanOrEqual(breaker.recent.some);
        if (breaker.state === 'closed') expect(breaker.hasRoom).toBe(true);
      }
      expect(changes).toBe(seen);
    }),
  );
});
