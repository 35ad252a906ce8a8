import { watchBalances } from './alerts/watch-balances.ts';
import { type BooksDeps, checkBooks } from './books/check-books.ts';
import type { BillingDeps } from './deps.ts';
import { applyEvents } from './events/apply-events.ts';
import { type MarginsDeps, watchMargins } from './margins/watch-margins.ts';
import { lookAtOrders } from './orders/look-at-orders.ts';
import { reconcile } from './reconcile.ts';
import { submitRefunds } from './refunds/submit-refund.ts';
import { startJob } from './start-job.ts';
import { topUp } from './top-ups/top-up.ts';

/** How often each job runs, from the end of one run to the start of the next. */
const applyEventsEveryMs = 2_000;
const submitRefundsEveryMs = 5_000;
const lookAtOrdersEveryMs = 10_000;
const reconcileEveryMs = 10 * 60_000;
const checkRecentBooksEveryMs = 60_000;
/** The check of all entries runs once a day; this is how often it is looked whether it is due. */
const checkWholeBooksEveryMs = 10 * 60_000;
const watchMarginsEveryMs = 10 * 60_000;
const topUpEveryMs = 15_000;
const watchBalancesEveryMs = 30_000;

export interface BillingJobs {
  /** An event has just been received: apply it now rather than soon. */
  poke(): void;
  /** Ends once what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Starts what billing does by itself: apply events, submit refunds, look at orders that are due, reconcile, check the books, watch
 * margins, top up, watch balances. Every process may run them; rows are taken by one at a time. @param onError told of every run that failed; the next run comes all the same
 */
export function billingJobs(
  deps: BillingDeps & BooksDeps & MarginsDeps,
  onError: (job: string, error: unknown) => void,
): BillingJobs {
  const jobs = [
    startJob('apply events', applyEventsEveryMs, () => applyEvents(deps), onError),
    startJob('submit refunds', submitRefundsEveryMs, () => submitRefunds(deps), onError),
    startJob('look at orders', lookAtOrdersEveryMs, () => lookAtOrders(deps), onError),
    startJob('reconcile payments', reconcileEveryMs, () => reconcile(deps), onError),
    startJob('check the books', checkRecentBooksEveryMs, () => checkBooks(deps, 'recent'), onError),
    startJob('check all of the books', checkWholeBooksEveryMs, () => checkBooks(deps, 'whole'), onError),
    startJob('watch margins', watchMarginsEveryMs, () => watchMargins(deps), onError),
    startJob('top up', topUpEveryMs, () => topUp(deps), onError),
    startJob('watch balances', watchBalancesEveryMs, () => watchBalances(deps), onError),
  ];
  const [events] = jobs;
  return {
    poke: () => events?.runNow(),
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
