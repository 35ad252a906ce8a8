import { forgetOldTickets, forgetOldTries } from '@ai-bridge/access';
import { billingJobs, StripeSettingsError, startJob } from '@ai-bridge/billing';
import { deliverMail, forgetOldMail, MailSettingsError } from '@ai-bridge/mail';
import { readChargedTotal, readModelDays } from '@ai-bridge/usage';
import { composition } from './deps.ts';
import { followLanguages } from './follow-languages.ts';

/** From the end of one run to the start of the next. */
const deliverMailEveryMs = 2_000;
const forgetMailEveryMs = 6 * 60 * 60_000;
const forgetTriesEveryMs = 60 * 60_000;

interface Background {
  pokeBilling(): void;
  stop(): Promise<void>;
}

/** Next loads modules more than once in one process; they must share what runs. */
const store = globalThis as { bridgeBackground?: Background };

/**
 * Starts what the web app does without being asked: it follows payments and the languages on offer, checks the books and sends mail. Once per process; it
 * ends with the process, and whatever is cut off then is taken up again. Settings that cannot be right end the process with one line.
 */
export function startBackground(): void {
  if (store.bridgeBackground) return;
  try {
    const background = run();
    store.bridgeBackground = background;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void background.stop());
  } catch (error) {
    if (!(error instanceof StripeSettingsError || error instanceof MailSettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function run(): Background {
  const { billing, mail, prisma, database, clock } = composition().deps;
  const onError = (job: string, error: unknown) =>
    process.stderr.write(`web: ${job}: ${error instanceof Error ? error.stack : error}\n`);
  followLanguages(prisma, (error) => onError('languages', error));
  const payments = billingJobs({ ...billing, readChargedNanoUsd: readChargedTotal, readModelDays }, onError);
  const upkeep = [
    startJob('deliver mail', deliverMailEveryMs, () => deliverMail(mail), onError),
    startJob('forget old mail', forgetMailEveryMs, () => forgetOldMail(mail), onError),
    startJob('forget old tickets', forgetTriesEveryMs, () => forgetOldTickets(prisma, new Date(clock.now())), onError),
    startJob('forget old tries', forgetTriesEveryMs, () => forgetOldTries(database, new Date(clock.now())), onError),
  ];
  return {
    pokeBilling: () => payments.poke(),
    async stop() {
      await Promise.all([payments.stop(), ...upkeep.map((job) => job.stop())]);
    },
  };
}

/** A payment event has just been received: it is applied now rather than soon. */
export function pokeBilling(): void {
  store.bridgeBackground?.pokeBilling();
}
