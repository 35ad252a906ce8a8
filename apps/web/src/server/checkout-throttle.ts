import { createThrottle } from './throttle.ts';

/** How many orders an organization may begin: each makes a row here and a checkout at the payment provider. */
export const ordersPerOrganization = { maxMarks: 30, windowMs: 10 * 60_000 } as const;
/** How often the provider is asked about one order that somebody waits for. */
export const looksPerOrder = { maxMarks: 1, windowMs: 2_000 } as const;
/** How many redeem codes an organization may try. */
export const codesPerOrganization = { maxMarks: 10, windowMs: 10 * 60_000 } as const;
/** How often staff may have the provider asked whether it takes the site's keys: some seven calls each. */
export const keyTests = { maxMarks: 5, windowMs: 60_000 } as const;
const maxKeys = 20_000;

/** Bounds what people make the payment provider do. One per process. */
export function createCheckoutThrottle(nowMs: () => number) {
  const orders = createThrottle({ ...ordersPerOrganization, maxKeys, nowMs });
  const looks = createThrottle({ ...looksPerOrder, maxKeys, nowMs });
  const codes = createThrottle({ ...codesPerOrganization, maxKeys, nowMs });
  const tests = createThrottle({ ...keyTests, maxKeys: 1, nowMs });
  const admit = (throttle: typeof orders, key: string) => {
    if (throttle.isExhausted(key)) return false;
    throttle.mark(key);
    return true;
  };
  return {
    /** Counts one order. @returns how many milliseconds to wait first; 0: go on */
    takeOrder(organizationId: string): number {
      const waitMs = orders.waitMs(organizationId);
      if (waitMs === 0) orders.mark(organizationId);
      return waitMs;
    },
    admitLook: (orderId: string) => admit(looks, orderId),
    /** Counts one for the whole site, whoever asks. */
    admitKeyTest: () => admit(tests, 'site'),
    admitCode: (organizationId: string) => admit(codes, organizationId),
  };
}

export type CheckoutThrottle = ReturnType<typeof createCheckoutThrottle>;
