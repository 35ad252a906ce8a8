import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

const caller = (over: Partial<Caller>): Caller =>
  ({ keyId: 'key_1', organizationId: 'org_1', keyLimits: {}, organizationLimits: {}, ...over }) as Caller;
const clock = { now: () => 0, monotonicMs: () => 0 };
const estimate = { inputTokens: 100, outputTokens: 50 };

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'admitted';
  } catch (error) {
    return (error as RelayError).code;
  }
}

test('a key without limits costs nothing and shows no limit headers', () => {
  expect(createLimiter(clock).admit(caller({}), estimate, 0).remaining).toEqual([]);
});

test('concurrency is given back when requests end, once each', () => {
  const limiter = createLimiter(clock);
  const limited = caller({ keyLimits: { concurrency: 2 } });
  const first = limiter.admit(limited, estimate, 0);
  limiter.admit(limited, estimate, 0);
  expect(codeOf(() => limiter.admit(limited, estimate, 0))).toBe('rate_limit_exceeded');
  first.release(undefined);
  first.release(undefined);
  limiter.admit(limited, estimate, 0);
  expect(codeOf(() => limiter.admit(limited, estimate, 0))).toBe('rate_limit_exceeded');
});

test('many keys of one organization share its limit', () => {
  const limiter = createLimiter(clock);
  const of = (keyId: string) => caller({ keyId, organizationLimits: { rpm: 3 } });
  for (const key of ['a', 'b', 'c']) limiter.admit(of(key), estimate, 0);
  expect(codeOf(() => limiter.admit(of('d'), estimate, 0))).toBe('rate_limit_exceeded');
});

test('token limits count what was really used once that is known', () => {
  const limiter = createLimiter(clock);
  const limited = caller({ keyLimits: { itpm: 250 } });
  limiter.admit(limited, estimate, 0).release({ inputTokens: 10, outputTokens: 0 });
  limiter.admit(limited, estimate, 0).release({ inputTokens: 10, outputTokens: 0 });
  limiter.admit(limited, estimate, 0);
  limiter.admit(limited, estimate, 0);
  expect(codeOf(() => limiter.admit(limited, estimate, 0))).toBe('rate_limit_exceeded');
});

test('a refusal names the limit and whole seconds to wait', () => {
  const limiter = createLimiter(clock);
  const limited = caller({ keyLimits: { rpm: 1 } });
  limiter.admit(limited, estimate, 0);
  try {
    limiter.admit(limited, estimate, 0);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(RelayError);
    const { detail } = error as RelayError;
    expect(detail.limit).toBe('1 requests per minute');
    expect(Number.isInteger(detail.retryAfterSeconds)).toBe(true);
    expect(detail.retryAfterSeconds).toBeGreaterThan(0);
  }
});

test('of each kind the headers tell of the limit that will refuse first, and when all of it is there again', () => {
  const limiter = createLimiter(clock);
  const both = caller({ keyLimits: { rpm: 5, itpm: 1_000 }, organizationLimits: { rpm: 3, itpm: 5_000, otpm: 110 } });
  limiter.admit(caller({ keyId: 'other', organizationLimits: { rpm: 3 } }), estimate, 0);
  expect(limiter.admit(both, estimate, 10_000).remaining).toEqual([
    { kind: 'requests', limit: 3, remaining: 1, resetMs: 61_000 },
    { kind: 'input-tokens', limit: 1_000, remaining: 900, resetMs: 61_000 },
    { kind: 'output-tokens', limit: 110, remaining: 10, resetMs: 61_000 },
  ]);
});

test('a refusal by one limit takes nothing of the others', () => {
  const limiter = createLimiter(clock);
  const both = caller({ keyLimits: { rpm: 10 }, organizationLimits: { concurrency: 1 } });
  limiter.admit(both, estimate, 0);
  for (let n = 0; n < 20; n++) expect(codeOf(() => limiter.admit(both, estimate, 0))).toBe('rate_limit_exceeded');
  expect(limiter.admit(caller({ keyLimits: { rpm: 10 } }), estimate, 0).remaining[0]?.remaining).toBe(8);
});
