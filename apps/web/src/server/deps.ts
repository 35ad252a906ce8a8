import {
  type BillingDeps,
  chooseProviders,
  defaultSecondPersonAboveNanoUsd,
  type PaymentProviders,
} from '@ai-bridge/billing';
import { type OwnKeyPlaces, readOwnKeyPlaces } from '@ai-bridge/catalog';
import { type Database, openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { type Clock, systemClock } from '@ai-bridge/domain';
import { createSmtpTransport, type MailDeps, type MailTransport, readSmtpSettings } from '@ai-bridge/mail';
import { type Env, readEnv } from '#env.ts';
import { type ChannelSpendReader, createChannelSpendReader } from '#features/channel/server/channel-spend.ts';
import { createOfferReader, type OfferReader } from '#features/model/server/offer-reader.ts';
import { createOperationsReader, type OperationsReader } from '#features/operations/server/read-operations.ts';
import { type Comparisons, createComparisons } from '#features/reconciliation/server/comparisons.ts';
import { type EnvironmentFacts, environmentFacts } from '#features/site-setting/server/environment-facts.ts';
import { createStatusReader, type StatusReader } from '#features/status/server/status-reader.ts';
import { type AccountThrottle, createAccountThrottle } from './account-throttle.ts';
import { type Afterwards, createAfterwards } from './afterwards.ts';
import { type CheckoutThrottle, createCheckoutThrottle } from './checkout-throttle.ts';
import { createDownloadThrottle, type DownloadThrottle } from './download-throttle.ts';
import { type IdentityClients, readIdentityClients } from './identity-providers.ts';
import { findKnownSession } from './known-session.ts';
import { createPublicReads, type PublicReads } from './public-reads.ts';
import { createSessionCache, type SessionCache } from './session-cache.ts';

const maxConnections = 10;

/** What procedures work with; tests make their own. */
export interface Deps {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
  readonly keyPepper: string;
  /** Seals channel credentials and cannot open them. */
  readonly sealingPublicKey: string;
  /** Where customers' own keys may be sent. */
  readonly ownKeyPlaces: OwnKeyPlaces;
  readonly sessions: SessionCache;
  readonly accountThrottle: AccountThrottle;
  /** Work that no answer waits for. */
  readonly afterwards: Afterwards;
  /** Where the console is reached: what mails lead to, whatever host a request named. */
  readonly siteUrl: string;
  readonly publicReads: PublicReads;
  readonly status: StatusReader;
  readonly offer: OfferReader;
  readonly billing: BillingDeps;
  readonly mail: MailDeps;
  readonly checkoutThrottle: CheckoutThrottle;
  readonly downloads: DownloadThrottle;
  readonly comparisons: Comparisons;
  readonly operations: OperationsReader;
  readonly channelSpend: ChannelSpendReader;
  readonly environment: EnvironmentFacts;
}

/** How the console itself is reached and secured. */
export interface SiteConfig {
  readonly sessionSecret: string;
  readonly secureCookies: boolean;
  /** The console's own origin where it was configured. */
  readonly origin: string | undefined;
  readonly workerPublicUrl: string | undefined;
  readonly workerPort: number;
  /** The packed `ai-bridge` command, where there is one to hand out. */
  readonly commandFile: string | undefined;
  /** Other sites that people may sign in by. */
  readonly identityClients: IdentityClients;
}

export interface DepsOptions {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly keyPepper: string;
  readonly sealingPublicKey: string;
  readonly ownKeyPlaces: OwnKeyPlaces;
  readonly providers: PaymentProviders;
  /** Where mails lead to, without a slash at its end. */
  readonly siteUrl: string;
  /** Undefined: mails are kept. */
  readonly mailTransport?: MailTransport | undefined;
  readonly environment?: EnvironmentFacts;
  readonly clock?: Clock;
}

export function createDeps(options: DepsOptions): Deps {
  const { prisma, database, keyPepper, sealingPublicKey, ownKeyPlaces, providers, siteUrl, mailTransport } = options;
  const { clock = systemClock, environment = environmentFacts({}) } = options;
  const sessions = createSessionCache({
    find: (sessionId) => findKnownSession(prisma, sessionId, new Date(clock.now())),
    nowMs: clock.monotonicMs,
  });
  const status = createStatusReader({ prisma, database, clock });
  const mail = { database, clock, transport: mailTransport };
  const paymentProvider = providers.current;
  return {
    ...{ prisma, database, clock, keyPepper, sealingPublicKey, ownKeyPlaces, sessions, siteUrl },
    accountThrottle: createAccountThrottle({ prisma, database, clock }),
    afterwards: createAfterwards((error) =>
      process.stderr.write(`web: ${error instanceof Error ? error.stack : error}\n`),
    ),
    publicReads: createPublicReads(clock.monotonicMs),
    status,
    offer: createOfferReader({ prisma, database, clock, status }),
    billing: { database, providers, clock, siteUrl, secondPersonAboveNanoUsd: defaultSecondPersonAboveNanoUsd },
    mail,
    checkoutThrottle: createCheckoutThrottle(clock.monotonicMs),
    downloads: createDownloadThrottle(clock.monotonicMs),
    comparisons: createComparisons({ prisma, database, clock }),
    channelSpend: createChannelSpendReader({ database, clock }),
    operations: createOperationsReader({ prisma, database, clock, mail, environment, paymentProvider }),
    environment,
  };
}

interface Composition {
  readonly deps: Deps;
  readonly site: SiteConfig;
}

/** Next loads a route's modules more than once in one process; they must share one pool, cache and throttle. */
const store = globalThis as { bridgeComposition?: Composition };

/** The composition root of the web app, built when the server starts. */
export function composition(): Composition {
  store.bridgeComposition ??= compose();
  return store.bridgeComposition;
}

function compose(): Composition {
  const env = readEnv();
  const database = openPool({ url: env.DATABASE_URL, maxConnections, applicationName: 'web' });
  const origin = env.NEXTAUTH_URL ? new URL(env.NEXTAUTH_URL).origin : undefined;
  return {
    deps: createDeps({
      ...{ prisma: openPrisma(database.pool), database },
      keyPepper: env.BRIDGE_KEY_PEPPER,
      sealingPublicKey: env.BRIDGE_SEALING_PUBLIC_KEY,
      ownKeyPlaces: readOwnKeyPlaces(env),
      providers: providersOf(env, database),
      siteUrl: siteUrlOf(env),
      mailTransport: mailTransportOf(env),
      environment: environmentFacts(env),
    }),
    site: {
      sessionSecret: env.NEXTAUTH_SECRET,
      secureCookies: origin?.startsWith('https:') ?? false,
      origin,
      workerPublicUrl: env.WORKER_PUBLIC_URL,
      workerPort: env.WORKER_PORT,
      commandFile: env.COMMAND_FILE,
      identityClients: readIdentityClients(env),
    },
  };
}

const siteUrlOf = ({ NEXTAUTH_URL, WEB_URL }: Env): string => (NEXTAUTH_URL ?? WEB_URL).replace(/\/+$/, '');

/** How mail leaves here. @throws MailSettingsError where its settings cannot be right */
function mailTransportOf({ SMTP_URL, MAIL_FROM }: Env): MailTransport | undefined {
  const settings = readSmtpSettings({ SMTP_URL, MAIL_FROM });
  return settings && createSmtpTransport(settings);
}

/** Who takes the money here. @throws StripeSettingsError where the keys cannot be right */
function providersOf(env: Env, database: Database): PaymentProviders {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE } = env;
  return chooseProviders({
    ...{ database, clock: systemClock, env: { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE } },
    siteUrl: siteUrlOf(env),
    isSandboxAllowed: env.SANDBOX_PAYMENTS === '1',
  });
}
