import type { Sql } from '@ai-bridge/db';
import { readOrderCredit } from '@ai-bridge/ledger';
import { BillingError } from '../billing-error.ts';
import { readDisputes } from '../disputes/dispute-row.ts';
import type { Order } from '../orders/order-row.ts';
import { listRefunds } from './refund-row.ts';
import { countsAsReturned } from './refund-states.ts';
import type { OrderAccount, OrderReturn } from './refundable.ts';

/** All that is known of a paid order's money and tokens. @throws BillingError order_not_paid */
export async function readOrderAccount(sql: Sql, order: Order): Promise<OrderAccount> {
  const credit = await readOrderCredit(sql, order.id);
  if (!credit) throw new BillingError('order_not_paid', 'this order was not paid');
  const taken = new Map(credit.setAside.map(({ key, amountNanoUsd }) => [key, amountNanoUsd]));
  const refunds = (await listRefunds(sql, order.id))
    .filter(({ state }) => countsAsReturned(state))
    .map(
      ({ id, state, amountMinor, creditNanoUsd }): OrderReturn => ({
        ...{ kind: 'refund', id, state, amountMinor, creditNanoUsd, takenNanoUsd: taken.get(`refund:${id}`) ?? 0n },
      }),
    );
  const disputes = (await readDisputes(sql, order.id))
    .filter(({ state }) => state === 'open' || state === 'lost')
    .map(
      ({ id, state, amountMinor, creditNanoUsd }): OrderReturn => ({
        ...{ kind: 'dispute', id, state, amountMinor, creditNanoUsd, takenNanoUsd: taken.get(`dispute:${id}`) ?? 0n },
      }),
    );
  const { boughtNanoUsd, leftNanoUsd } = credit;
  return { amountMinor: order.amountMinor, boughtNanoUsd, leftNanoUsd, returns: [...refunds, ...disputes] };
}
