import type { KeysetPosition, Sql } from '@ai-bridge/db';
import { type Refund, refundColumns } from '../refunds/refund-row.ts';
import { type Order, orderColumns } from './order-row.ts';

const maxListed = 200;

export interface BillingPage {
  readonly organizationId: string;
  readonly before?: KeysetPosition | undefined;
  /** At most 200. */
  readonly limit: number;
}

/** An organization's orders by when they were begun, newest first. */
export function listOrdersBefore(sql: Sql, page: BillingPage): Promise<Order[]> {
  return sql.query<Order>(`SELECT ${orderColumns} FROM "order" ${pageClause}`, pageValues(page));
}

/** An organization's refunds by when they were asked for, newest first. */
export function listRefundsBefore(sql: Sql, page: BillingPage): Promise<Refund[]> {
  return sql.query<Refund>(`SELECT ${refundColumns} FROM refund ${pageClause}`, pageValues(page));
}

const pageClause = `WHERE organization_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) < ($2::timestamptz, $3::text))
  ORDER BY created_at DESC, id DESC LIMIT $4::integer`;

const pageValues = ({ organizationId, before, limit }: BillingPage): unknown[] => [
  ...[organizationId, before?.at ?? null, before?.id ?? null],
  Math.max(1, Math.min(limit, maxListed)),
];
