import { type BillingJobs, billingJobs, StripeSettingsError } from '@ai-bridge/billing';
import { composition } from './deps.ts';
import { followLanguages } from './follow-languages.ts';

/** Next loads modules more than once in one process; they must share what runs. */
const store = globalThis as { bridgeBillingJobs?: BillingJobs };

/**
 * Starts what the web app does without being asked: it follows payments and the languages on offer. Once per process; it ends with the process, and whatever is cut off
 * then is taken up again. Settings that cannot be right end the process with one line.
 */
export function startBackground(): void {
  if (store.bridgeBillingJobs) return;
  try {
    const jobs = billingJobs(composition().deps.billing, (job, error) =>
      process.stderr.write(`web: ${job}: ${error instanceof Error ? error.stack : error}\n`),
    );
    store.bridgeBillingJobs = jobs;
    followLanguages(composition().deps.prisma, (error) =>
      process.stderr.write(`web: languages: ${error instanceof Error ? error.message : error}\n`),
    );
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void jobs.stop());
  } catch (error) {
    if (!(error instanceof StripeSettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** A payment event has just been received: it is applied now rather than soon. */
export function pokeBilling(): void {
  store.bridgeBillingJobs?.poke();
}
