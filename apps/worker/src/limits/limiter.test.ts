import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

const caller = (over: Partial<Caller>): Caller =>
  ({ keyId: 'key_1', organizationId: 'org_1', keyLimits: {}, organizationLimits: {}, ...over }) as Caller;
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
  expect(createLimiter().admit(caller({}), estimate, 0).remaining).toEqual([]);
});

test('concurrency is given back when requests end, once each', () => {
  const limiter = createLimiter();
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
  const limiter = createLimiter();
  const of = (keyId: string) => caller({ keyId, organizationLimits: { rpm: 3 } });
  for (const key of ['a', 'b', 'c']) limiter.admit(of(key), estimate, 0);
  expect(codeOf(() => limiter.admit(of('d'), estimate, 0))).toBe('rate_limit_exceeded');
});

test('token limits count what was really used once that is known', () => {
  const limiter = createLimiter();
  const limited = caller({ keyLimits: { itpm: 250 } });
  limiter.admit(limited, estimate, 0).release({ inputTokens: 10, outputTokens: 0 });
  limiter.admit(limited, estimate, 0).release({ inputTokens: 10, outputTokens: 0 });
  limiter.admit(limited, estimate, 0);
  limiter.admit(limited, estimate, 0);
  expect(codeOf(() => limiter.admit(limited, estimate, 0))).toBe('rate_limit_exceeded');
});

test('a refusal names the limit and whole seconds to wait', () => {
  const limiter = createLimiter();
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
