import type { Sql } from '@ai-bridge/db';
import { type Dispute, readDisputes } from '../disputes/dispute-row.ts';
import { listRefunds, type Refund } from '../refunds/refund-row.ts';

/** What came after an order's payment. */
export interface OrderMatters {
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
}

export async function readOrderMatters(sql: Sql, orderId: string): Promise<OrderMatters> {
  return { refunds: await listRefunds(sql, orderId), disputes: await readDisputes(sql, orderId) };
}
