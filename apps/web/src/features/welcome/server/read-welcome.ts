import { readInboxState } from '@ai-bridge/billing';
import {
  demoProvider,
  listChannels,
  listModels,
  listSettings,
  readWelcomeSkips,
  type WelcomeStep,
  welcomeSteps,
} from '@ai-bridge/catalog';
import { readBalance } from '@ai-bridge/ledger';
import { readLastMail } from '@ai-bridge/mail';
import { hasAnsweredRequest, listRequests } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';

/** Models shown that real channels serve: enough to see that prices are right. */
const maxModels = 8;
export const testMailTemplate = 'account-test';
export type StepState = 'done' | 'open' | 'skipped';

/** What the administrator who looks has of their own, for the test request. */
export interface OwnPlace {
  readonly id: string;
  readonly name: string;
}

/** How far the first set-up has come: by what there is, not by what was clicked. @param own the organization of who looks */
export async function readWelcome(deps: Deps, own: OwnPlace | undefined) {
  const [site, mail, payments, served, request, skips] = await Promise.all([
    siteFacts(deps),
    mailFacts(deps),
    paymentFacts(deps),
    servedFacts(deps),
    requestFacts(deps, own),
    readWelcomeSkips(deps.prisma),
  ]);
  const { channels, models } = served;
  const done: Readonly<Record<WelcomeStep, boolean>> = {
    // Else nobody could look.
    administrator: true,
    site: site.isNamed,
    mail: mail.lastTest?.state === 'sent' || mail.lastTest?.state === 'kept',
    payments: payments.provider === 'sandbox' || (payments.provider === 'stripe' && payments.lastEventAt !== null),
    channel: channels.length > 0,
    model: models.some(({ hasPrice }) => hasPrice),
    request: request.isAnswered,
  };
  const stateOf = (step: WelcomeStep): StepState => (done[step] ? 'done' : skips.has(step) ? 'skipped' : 'open');
  const steps = welcomeSteps.map((step) => ({ step, state: stateOf(step) }));
  return {
    steps,
    isOver: skips.has('all') || steps.every(({ state }) => state !== 'open'),
    isDismissed: skips.has('all'),
    ...{ site, mail, payments, channels, models, request },
  };
}

/** Whether nobody needs to be led there any more. */
export async function isWelcomeOver(deps: Deps): Promise<boolean> {
  return (await readWelcome(deps, undefined)).isOver;
}

async function siteFacts({ prisma, environment, siteUrl }: Deps) {
  const name = (await listSettings(prisma)).find((setting) => setting.name === 'siteName');
  return {
    name: String(name?.value ?? ''),
    isNamed: name !== undefined && name.source !== 'default',
    /** As links in mails and the payment provider know it. */
    address: siteUrl,
    isAddressSet: environment.siteAddress !== undefined,
  };
}

async function mailFacts({ database, environment }: Deps) {
  return { hasSmtp: environment.hasMail, lastTest: (await readLastMail(database, testMailTemplate)) ?? null };
}

/** Where Stripe has to send its events. */
export const stripeWebhookAddress = (siteUrl: string): string => `${siteUrl}/api/webhooks/stripe`;

async function paymentFacts({ database, billing, siteUrl }: Deps) {
  const provider = billing.providers.current;
  const inbox = provider?.name === 'stripe' ? await readInboxState(database, provider.name) : undefined;
  return {
    provider: provider?.name ?? null,
    isTestMoney: provider !== undefined && !provider.livemode,
    webhookAddress: stripeWebhookAddress(siteUrl),
    lastEventAt: inbox?.lastReceivedAt ?? null,
  };
}

/** Real channels, and the models that they serve. */
async function servedFacts({ prisma, clock }: Deps) {
  const [channels, models] = await Promise.all([listChannels(prisma), listModels(prisma, new Date(clock.now()))]);
  const real = channels.filter(({ enabled, origin }) => enabled && origin !== 'demo');
  const isReal = new Set(real.map(({ id }) => id));
  return {
    channels: real.map(({ id, name, provider }) => ({ id, name, provider })),
    models: models
      .filter(({ enabled, channels: serving }) => enabled && serving.some(({ id }) => isReal.has(id)))
      .map(({ id, price }) => ({ id, hasPrice: price?.figures !== undefined }))
      // Those that cannot be sold yet are what there is to do.
      .sort((a, b) => Number(a.hasPrice) - Number(b.hasPrice))
      .slice(0, maxModels),
  };
}

async function requestFacts({ prisma, database }: Deps, own: OwnPlace | undefined) {
  const isAnswered = await hasAnsweredRequest(database, demoProvider);
  if (!own) return { isAnswered, own: null };
  const [keys, balance, page] = await Promise.all([
    prisma.apiKey.count({ where: { organizationId: own.id, deletedAt: null, disabledAt: null } }),
    readBalance(database, own.id),
    listRequests(database, { organizationId: own.id, limit: 1 }),
  ]);
  const [last] = page.requests;
  return {
    isAnswered,
    own: {
      ...{ id: own.id, name: own.name, keys, availableNanoUsd: balance.availableNanoUsd },
      last: last
        ? {
            ...{ id: last.id, at: last.createdAt, outcome: last.outcome, errorCode: last.errorCode },
            ...{ model: last.modelUsed ?? last.modelRequested, provider: last.provider },
            chargeNanoUsd: last.chargeNanoUsd,
          }
        : null,
    },
  };
}
