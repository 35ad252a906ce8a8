import {
  addOwnKey,
  createApiKey,
  type OrganizationRole,
  openSession,
  registerUser,
  type StaffRole,
} from '@ai-bridge/access';
import {
  beginSetup,
  chooseProviders,
  chooseSandboxCard,
  createOrder,
  createRedeemBatch,
  endSandboxCheckout,
  followOrder,
  followSetup,
  listPriceTerms,
  requestRefund,
} from '@ai-bridge/billing';
import {
  createChannels,
  createGroup,
  createProxy,
  sealingPublicKey as publicKeyOf,
  readOwnKeyPlaces,
  type TaskKind,
} from '@ai-bridge/catalog';
import { newId, type SettlementRecord, systemClock } from '@ai-bridge/domain';
import { listMail, queueMail } from '@ai-bridge/mail';
import type { TestDatabase } from '@ai-bridge/testing';
import { recordBatch } from '@ai-bridge/usage';
import type { Context } from './context.ts';
import { createDeps } from './deps.ts';
import { stateLookReason } from './staff-look.ts';

const sealingPublicKey = publicKeyOf('a sealing key of the tests, long enough');
/** Who makes what tests call upon: like every caller, with an address and a request. */
export const setUp = { kind: 'console', userId: 'usr_setup', address: '192.0.2.1', requestId: 'req_setup' } as const;
const actor = setUp;

/** An organization that procedures are called on. */
export interface Target {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly requestId: string;
}

export const repair = [{ path: 'temperature', reason: 'the model does not take it' }];
export const group = { displayName: 'Group', models: [], offered: false };
export const proxy = { name: 'proxy', url: 'socks5://user:CANARY@proxy.example.com:1080' };

/** An empty database with two organizations in it (`own`: that of the people under test; `foreign`: that of none of them), and what tests make more of. */
export async function createWorld(db: TestDatabase) {
  const sandbox = { env: {}, siteUrl: 'http://site.example', isSandboxAllowed: true };
  const deps = createDeps({
    prisma: db.prisma,
    database: db.database,
    keyPepper: 'pepper-of-the-tests',
    sealingPublicKey,
    ownKeyPlaces: readOwnKeyPlaces({}),
    providers: chooseProviders({ database: db.database, clock: systemClock, ...sandbox }),
    siteUrl: sandbox.siteUrl,
  });
  db.beforeDrop(deps.afterwards.settled);

  async function organizationWithKey(email: string): Promise<Target> {
    const person = { email, name: 'Owner', password: 'correct horse battery' };
    const { organizationId } = await registerUser(db.prisma, { ...person, actor });
    const key = { organizationId, name: 'first', actor };
    const { apiKey } = await createApiKey(db.prisma, key, { pepper: deps.keyPepper });
    return { organizationId, apiKeyId: apiKey.id, requestId: await recordedRequest(organizationId, apiKey.id) };
  }

  /** Records a request of an organization and returns its id. */
  async function recordedRequest(organizationId: string, apiKeyId: string): Promise<string> {
    const record: SettlementRecord = {
      ...{ requestId: newId('req'), organizationId, apiKeyId, createdAt: new Date().toISOString() },
      ...{ outcome: 'completed', endpoint: '/v1/messages', stream: true, status: 200, durationMs: 30 },
      ...{ clientProtocol: 'anthropic-messages', upstreamProtocol: 'openai-chat' },
      ...{ modelRequested: 'm', modelUsed: 'm', provider: 'openai', channelId: 'chn_secret' },
      ...{ usage: { input: 10, output: 7 }, usageSource: 'reported', chargeNanoUsd: '17' },
      attempts: [
        {
          channelId: 'chn_secret',
          provider: 'openai',
          model: 'm',
          status: 400,
          error: 'status 400',
          paidBy: 'house',
          repair,
        },
        { channelId: 'chn_secret', provider: 'openai', model: 'm', status: 200, paidBy: 'customer' },
      ],
      routing: { rejected: [{ model: 'm', channelId: 'chn_other', reason: 'is ejected: status: 500' }] },
      losses: [{ path: 'top_k', reason: 'the provider has no such field' }],
    };
    await recordBatch(db.database, [record]);
    return record.requestId;
  }

  const own = await organizationWithKey('own@example.com');
  const foreign = await organizationWithKey('foreign@example.com');

  function contextOf(session: Context['session']): Context {
    return { deps, session, requestId: newId('req'), address: '127.0.0.1' };
  }

  /** A signed-in person with exactly these roles. */
  async function personWith(roles: { organizationRole?: OrganizationRole; staffRole?: StaffRole }): Promise<Context> {
    const id = newId('usr');
    const staffRole = roles.staffRole ?? null;
    await db.prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Person', staffRole } });
    if (roles.organizationRole)
      await db.prisma.member.create({
        data: { organizationId: own.organizationId, userId: id, role: roles.organizationRole },
      });
    const { address, requestId } = actor;
    const { sessionId } = await openSession(db.prisma, { userId: id, address, requestId });
    return contextOf(await deps.sessions.find(sessionId));
  }

  /** Says why somebody of the staff looks into an organization's affairs. */
  async function stateReason({ session, requestId, address }: Context, organizationId: string): Promise<void> {
    if (!session) throw new Error('nobody is signed in');
    const by = { kind: 'console', userId: session.user.id, address, requestId } as const;
    await stateLookReason({ deps, session, actor: by }, { organizationId, reason: 'asked by mail' });
  }

  /** A channel that staff made, as an edit would send it. */
  async function newChannel() {
    const [channel] = await createChannels(
      db.prisma,
      { preset: 'anthropic', credential: 'secret' },
      sealingPublicKey,
      actor,
    );
    if (!channel) throw new Error('no channel was made');
    const endpoint = { protocols: ['anthropic-messages' as const], baseUrl: 'https://api.anthropic.com' };
    return { channelId: channel.id, name: channel.name, ...endpoint };
  }

  /** An own key of an organization, as its owner added it. */
  async function newOwnKey(organizationId: string): Promise<string> {
    const key = {
      organizationId,
      preset: 'anthropic' as const,
      name: 'own',
      credential: 'sk-ant-CANARY',
      isExclusive: false,
      actor,
    };
    const seal = () => 'sealed';
    // Organizations under test may have many more than one person could add.
    await db.prisma.ownKey.deleteMany({ where: { organizationId } });
    return (await addOwnKey(db.prisma, key, seal)).id;
  }

  /** A task that somebody asked for and a worker has done already, so that it counts against no limit. */
  async function newTask(kind: TaskKind, subjectId = 'chn_any'): Promise<string> {
    const id = newId('tsk');
    await db.prisma.workerTask.create({ data: { id, kind, subjectId, doneAt: new Date() } });
    return id;
  }

  async function newGroup(offered = false): Promise<string> {
    const id = newId('chn').slice(4);
    await createGroup(db.prisma, { ...group, multiplier: '0.8', id, offered }, new Date(), actor);
    return id;
  }

  /** An order of 5 USD in the sandbox: paid and credited, or not paid yet. */
  async function newOrder(organizationId: string, isPaid = true) {
    const wish = { amountMinor: 500n, terms: listPriceTerms };
    const order = { organizationId, userId: undefined, clientKey: newId('ord'), wish };
    const { orderId, checkoutUrl } = await createOrder(deps.billing, order);
    const sessionId = checkoutUrl.split('/').at(-1) ?? '';
    if (isPaid) {
      await endSandboxCheckout(db.database, sessionId, 'paid');
      await followOrder(deps.billing, orderId);
    }
    return { orderId, sessionId };
  }

  /** A redeem code, as its holder has it. */
  async function newCode(tokensPerCode = 5_000_000n): Promise<string> {
    const batch = { name: 'gift', codes: 1, tokensPerCode, oncePerOrganization: false, pepper: deps.keyPepper };
    const { csv } = await createRedeemBatch(deps.billing, { ...batch, actor });
    return csv.split('\r\n')[1]?.split(',')[0] ?? '';
  }

  function newProxy(name: string = newId('pxy')): Promise<string> {
    return createProxy(db.prisma, { input: { ...proxy, name }, sealingPublicKey, actor });
  }

  /** A plan of the staff's: 10,000,000 tokens for 9.90 USD. */
  async function newPlan(): Promise<string> {
    const id = newId('ord').slice(4);
    await db.prisma.plan.create({ data: { id, tokens: 10_000_000n, amountMinor: 990n, currency: 'usd' } });
    return id;
  }

  /** An order that an organization paid for in the sandbox, with nothing used of it. */
  async function paidOrder(organizationId: string): Promise<string> {
    const planId = await newPlan();
    const order = { organizationId, userId: undefined, clientKey: newId('req'), wish: { planId } };
    const { orderId, checkoutUrl } = await createOrder(deps.billing, order);
    await endSandboxCheckout(db.database, checkoutUrl.split('/').at(-1) ?? '', 'paid');
    await followOrder(deps.billing, orderId);
    return orderId;
  }

  /** A refund of 4.95 USD that waits for a decision. */
  async function askedRefund(organizationId: string): Promise<string> {
    const orderId = await paidOrder(organizationId);
    const refund = await requestRefund(deps.billing, { orderId, organizationId, amountMinor: 495n, actor });
    return refund.id;
  }

  /** A mail in the outbox. */
  async function newMail(isSensitive = false): Promise<string> {
    const to = `${newId('usr')}@example.com`;
    const content = {
      template: 'test',
      locale: 'en',
      subject: 'Hello',
      text: 'CANARY',
      html: '<p>CANARY</p>',
    } as const;
    await queueMail(db.database, { fact: newId('eml'), to, content: { ...content, isSensitive } }, new Date());
    const [mail] = await listMail(db.database, { address: to, limit: 1 });
    return mail?.id ?? '';
  }

  /** The sandbox's page where somebody is about to save a card. */
  async function newSetup(organizationId: string): Promise<string> {
    const { url } = await beginSetup(deps.billing, { organizationId, userId: 'usr_saver' });
    return url.split('/').at(-1) ?? '';
  }

  async function savedCard(organizationId: string): Promise<void> {
    await chooseSandboxCard(db.database, await newSetup(organizationId), 'good');
    await followSetup(deps.billing, organizationId);
  }

  return {
    ...{ newMail, newSetup, savedCard },
    ...{ newPlan, paidOrder, askedRefund },
    ...{ deps, own, foreign, contextOf, personWith, recordedRequest, stateReason },
    ...{ newChannel, newOwnKey, newTask, newGroup, newProxy, newOrder, newCode },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
