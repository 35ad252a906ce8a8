import { setTimeout as sleep } from 'node:timers/promises';
import {
  approveRefund,
  type BillingDeps,
  BillingError,
  chooseProviders,
  createOrder,
  defaultSecondPersonAboveNanoUsd,
  endSandboxCheckout,
  findOrder,
  followOrder,
  type Refund,
  requestRefund,
  submitRefund,
} from '@ai-bridge/billing';
import { systemClock } from '@ai-bridge/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenCall, openCall } from '../../support/call.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { expectedCharge, receiptOf } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const openStreams = 50;
/** Plan tokens for a cent each, so that any number of them can be paid back; a stream reserves about a thousand at its start. */
const bought = { tokens: 70_000n, amountMinor: 70_000n, creditNanoUsd: 70_000_000n };
/** One plan token a chunk: not even one stream alone comes to its end. */
const chunks = 70_001;
const gapMs = 2;
/** What was used of the order before the refund is tried. */
const usedFirst = 3_000;
const maxTries = 100;

let stack: Stack;
let billing: BillingDeps;
let orderId: string;

beforeAll(async () => {
  stack = await startStack({ grantTokens: 0 });
  const { database } = stack;
  const providers = chooseProviders({ database, clock: systemClock, env: {}, siteUrl: '', isSandboxAllowed: true });
  billing = {
    database,
    providers,
    clock: systemClock,
    secondPersonAboveNanoUsd: defaultSecondPersonAboveNanoUsd,
    siteUrl: '',
  };
  orderId = await buy();
});
afterAll(() => stack.stop());

async function buy(): Promise<string> {
  const { database, organizationId } = stack;
  await database.query(`INSERT INTO plan (id, tokens, amount_minor, currency) VALUES ('cents', $1, $2, 'usd')`, [
    bought.tokens,
    bought.amountMinor,
  ]);
  const order = { organizationId, userId: undefined, clientKey: 'one_click', wish: { planId: 'cents' } };
  const { orderId: id } = await createOrder(billing, order);
  await endSandboxCheckout(database, (await findOrder(database, id))?.sessionId ?? '', 'paid');
  expect(await followOrder(billing, id)).toBe('paid');
  return id;
}

const deltas = (open: OpenCall) => open.received().toString().split('event: content_block_delta').length - 1;
const lastEvent = (open: OpenCall) => open.received().toString().trimEnd().split('\n\n').at(-1) ?? '';

/** As the staff does it: all that is unused, or else what no stream holds just now, which changes all the time. */
async function refundAllThatIsFree(): Promise<{ refund: Refund; refusals: string[] }> {
  const actor = { userId: 'usr_support' };
  const reason = 'unused';
  const { organizationId } = stack;
  const { id: refundId } = await requestRefund(billing, { orderId, organizationId, reason, actor: {} });
  const refusals: string[] = [];
  let amountMinor: bigint | undefined;
  for (let tries = 0; tries < maxTries; tries++) {
    try {
      await approveRefund(billing, { refundId, amountMinor, reason, actor });
      return { refund: await submitRefund(billing, refundId), refusals };
    } catch (error) {
      if (!(error instanceof BillingError)) throw error;
      refusals.push(error.code);
    }
    amountMinor = (await stack.balance()).availableNanoUsd / 1_000n;
    if (amountMinor === 0n) amountMinor = 1n;
  }
  throw new Error(`the refund was refused ${maxTries} times: ${refusals.join(' ')}`);
}

test('a refund of all that is unused, while 50 streams spend: bought is refunded, used and left, to the last nano', async () => {
  const streams = Array.from({ length: openStreams }, () =>
    openCall(`${stack.url}/v1/messages`, {
      headers: anthropicHeaders(stack),
      body: messages({ chunks, gapMs, inputTokens: 0 }, { model: 'exact-test', max_tokens: chunks, stream: true }),
    }),
  );
  const used = () => streams.reduce((sum, open) => sum + deltas(open), 0);
  await expect.poll(used, { timeout: 30_000 }).toBeGreaterThan(usedFirst);
  expect((await Promise.all(streams.map(({ head }) => head))).map(({ status }) => status)).toEqual(
    Array(openStreams).fill(200),
  );
  let isOver = false;
  const least = (async () => {
    let seen = bought.creditNanoUsd;
    for (; !isOver; await sleep(10)) {
      const { availableNanoUsd } = await stack.balance();
      if (availableNanoUsd < seen) seen = availableNanoUsd;
    }
    return seen;
  })();

  const { refund, refusals } = await refundAllThatIsFree();
  // All that is unused is what streams hold too: the refund waits for nothing that a stream was promised.
  expect(refusals).toContain('balance_in_use');
  const usedThen = used();
  expect(refund).toMatchObject({ state: 'succeeded' });
  expect(refund.creditNanoUsd).toBeGreaterThan(0n);
  expect(refund.creditNanoUsd).toBe(refund.amountMinor * 1_000n);

  await Promise.all(streams.map(({ whole }) => whole));
  isOver = true;
  expect(await least).toBeGreaterThanOrEqual(0n);
  // They went on after the refund, with what they had, and none of them came to its end.
  expect(used()).toBeGreaterThan(usedThen);
  for (const open of streams) {
    expect(lastEvent(open)).toMatch(/^event: error\n/);
    expect(lastEvent(open)).toContain('insufficient_balance');
  }
  let charged = 0n;
  for (const open of streams) {
    const { chargeNanoUsd } = await receiptOf(stack, String((await open.head).headers['x-request-id']));
    expect(BigInt(chargeNanoUsd)).toBeGreaterThan(0n);
    expect(BigInt(chargeNanoUsd)).toBeLessThanOrEqual(expectedCharge('exact-test', { output: deltas(open) }));
    charged += BigInt(chargeNanoUsd);
  }
  const left = (await stack.atRest()).postedNanoUsd;
  expect(refund.creditNanoUsd + charged + left).toBe(bought.creditNanoUsd);
  const [overrun] = await stack.database.query<{ total: bigint }>(
    `SELECT coalesce(sum(amount_nano_usd), 0)::bigint AS total FROM ledger_entry WHERE kind = 'overrun'`,
  );
  expect(overrun?.total).toBe(0n);
}, 120_000);
