import type { Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { tellingNews } from '../mails/telling-news.ts';
import { clientKeyPattern } from '../orders/create-order.ts';
import { lockOrder, type Order } from '../orders/order-row.ts';
import { isPaidState } from '../orders/order-states.ts';
import { readOrderAccount } from './order-account.ts';
import { findRefundByClientKey, listRefunds, type Refund, readRefund } from './refund-row.ts';
import { isOpenRefund } from './refund-states.ts';
import { computeRefundable, creditOfRefund, type OrderAccount, type Refundable } from './refundable.ts';

export const maxReasonLength = 1_000;

export interface RefundRequest {
  readonly orderId: string;
  readonly organizationId: string;
  /** Smallest unit of the currency; undefined: all that is unused. */
  readonly amountMinor?: bigint | undefined;
  readonly reason?: string | undefined;
  /** Made by who asks: the same key is the same refund, however often it arrives. */
  readonly clientKey?: string | undefined;
  readonly actor: BillingActor;
}

/**
 * Asks for money back for unused tokens. Nothing moves before it is approved; until then the tokens can still be used.
 * @throws BillingError not_found, order_not_paid, order_disputed, refund_open, nothing_to_refund, amount_too_high, amount_invalid,
 *   client_key_invalid, client_key_reused
 */
export function requestRefund(deps: BillingDeps, request: RefundRequest): Promise<Refund> {
  return deps.database.transaction((sql) => tellingNews(sql, deps, request.orderId, () => ask(sql, request)));
}

async function ask(sql: Sql, request: RefundRequest): Promise<Refund> {
  const order = await lockOrder(sql, request.orderId);
  if (order.organizationId !== request.organizationId) throw new BillingError('not_found', 'there is no such order');
  const asked = await findAsked(sql, request);
  if (asked) return asked;
  if ((await listRefunds(sql, order.id)).some((one) => one.origin === 'request' && isOpenRefund(one.state))) {
    throw new BillingError('refund_open', 'a refund of this order is under way');
  }
  const account = await readRefundableAccount(sql, order);
  const amountMinor = request.amountMinor ?? computeRefundable(account).maxAmountMinor;
  const creditNanoUsd = creditFor(account, amountMinor);
  const id = newId('rfd');
  const made = await sql.query(
    `INSERT INTO refund (id, order_id, organization_id, origin, state, amount_minor, currency, credit_nano_usd, reason,
       requested_by_user_id, client_key)
     VALUES ($1, $2, $3, 'request', 'requested', $4, $5, $6, $7, $8, $9)
     ON CONFLICT (organization_id, client_key) DO NOTHING RETURNING id`,
    [
      id,
      order.id,
      order.organizationId,
      amountMinor,
      order.currency,
      creditNanoUsd,
      request.reason?.slice(0, maxReasonLength) ?? null,
      request.actor.userId ?? null,
      request.clientKey ?? null,
    ],
  );
  if (made.length === 0) throw new BillingError('client_key_reused', 'this key asks for another refund just now');
  const detail = { order: order.id, amountMinor: `${amountMinor}`, currency: order.currency };
  const { organizationId } = order;
  await writeAudit(sql, request.actor, { action: 'refund.request', target: id, organizationId, detail });
  return readRefund(sql, id);
}

/** The refund that this very key asked for. The order is locked: who repeats at the same moment waits, and finds it. */
async function findAsked(sql: Sql, request: RefundRequest): Promise<Refund | undefined> {
  const { organizationId, orderId, clientKey, amountMinor } = request;
  if (clientKey === undefined) return undefined;
  if (!clientKeyPattern.test(clientKey)) {
    throw new BillingError('client_key_invalid', 'expected 8 to 100 letters, digits, _ or -');
  }
  const asked = await findRefundByClientKey(sql, { organizationId, clientKey });
  if (asked && (asked.orderId !== orderId || (amountMinor !== undefined && amountMinor !== asked.amountMinor))) {
    throw new BillingError('client_key_reused', 'this key asked for another refund');
  }
  return asked;
}

/** What an order's refund could be now, and how that comes about. @throws BillingError not_found, order_not_paid, order_disputed */
export function readRefundable({ database }: BillingDeps, orderId: string): Promise<Refundable> {
  return database.transaction(async (sql) => {
    const order = await lockOrder(sql, orderId);
    return computeRefundable(await readRefundableAccount(sql, order));
  });
}

/** The order's account, where its state lets money go back. */
export async function readRefundableAccount(sql: Sql, order: Order): Promise<OrderAccount> {
  if (order.state === 'disputed') throw new BillingError('order_disputed', 'the payment is in dispute with the bank');
  if (!isPaidState(order.state)) throw new BillingError('order_not_paid', 'this order was not paid');
  return readOrderAccount(sql, order);
}

/** The tokens that a refund of this amount takes. @throws BillingError nothing_to_refund, amount_invalid, amount_too_high */
export function creditFor(account: OrderAccount, amountMinor: bigint): bigint {
  const { maxAmountMinor } = computeRefundable(account);
  if (maxAmountMinor === 0n) throw new BillingError('nothing_to_refund', 'no unused tokens are left of this order');
  if (amountMinor < 1n) throw new BillingError('amount_invalid', 'expected an amount above zero');
  if (amountMinor > maxAmountMinor) {
    throw new BillingError('amount_too_high', `expected at most ${maxAmountMinor} of the smallest unit`);
  }
  return creditOfRefund(account, amountMinor);
}
