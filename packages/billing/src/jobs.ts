import { type BooksDeps, checkBooks } from './books/check-books.ts';
import type { BillingDeps } from './deps.ts';
import { applyEvents } from './events/apply-events.ts';
import { lookAtOrders } from './orders/look-at-orders.ts';
import { reconcile } from './reconcile.ts';
import { submitRefunds } from './refunds/submit-refund.ts';

/** How often each job runs, from the end of one run to the start of the next. */
const applyEventsEveryMs = 2_000;
const submitRefundsEveryMs = 5_000;
const lookAtOrdersEveryMs = 10_000;
const reconcileEveryMs = 10 * 60_000;
const checkRecentBooksEveryMs = 60_000;
/** The check of all entries runs once a day; this is how often it is looked whether it is due. */
const checkWholeBooksEveryMs = 10 * 60_000;

export interface BillingJobs {
  /** An event has just been received: apply it now rather than soon. */
  poke(): void;
  /** Ends once what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Starts what billing does by itself: apply events, submit refunds, look at orders that are due, reconcile, check the books. Every process may
 * run them; rows are taken by one at a time. @param onError told of every run that failed; the next run comes all the same
 */
export function billingJobs(
  deps: BillingDeps & BooksDeps,
  onError: (job: string, error: unknown) => void,
): BillingJobs {
  const jobs = [
    startJob('apply events', applyEventsEveryMs, () => applyEvents(deps), onError),
    startJob('submit refunds', submitRefundsEveryMs, () => submitRefunds(deps), onError),
    startJob('look at orders', lookAtOrdersEveryMs, () => lookAtOrders(deps), onError),
    startJob('reconcile payments', reconcileEveryMs, () => reconcile(deps), onError),
    startJob('check the books', checkRecentBooksEveryMs, () => checkBooks(deps, 'recent'), onError),
    startJob('check all of the books', checkWholeBooksEveryMs, () => checkBooks(deps, 'whole'), onError),
  ];
  const [events] = jobs;
  return {
    poke: () => events?.runNow(),
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

interface Job {
  runNow(): void;
  stop(): Promise<void>;
}

/** Runs at once and then again and again, never twice at a time. */
function startJob(
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (job: string, error: unknown) => void,
): Job {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let isWanted = false;

  async function run(): Promise<void> {
    do {
      isWanted = false;
      await work().catch((error) => onError(name, error));
    } while (isWanted && !isStopped);
    running = undefined;
    if (isStopped) return;
    timer = setTimeout(start, everyMs);
    timer.unref();
  }
  function start(): void {
    clearTimeout(timer);
    running = run();
  }

  start();
  return {
    runNow() {
      isWanted = true;
      if (!running && !isStopped) start();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
