import { listMovementPage, type Movement } from '@ai-bridge/billing';
import type { Sql } from '@ai-bridge/db';

/** A movement as its customer sees it: without what only the payment provider and we call it. */
export function movementView({ order, ...movement }: Movement) {
  const view = order && {
    id: order.id,
    /** Null: an amount of the customer's own. */
    title: order.planId === null ? null : order.title,
    isSandbox: order.provider === 'sandbox',
    hasReceipt: order.provider === 'stripe' && order.paymentId !== null,
  };
  return { ...movement, order: view };
}

/** What changed a balance besides requests, in all months, newest first. */
export async function movementPage(sql: Sql, of: Parameters<typeof listMovementPage>[1]) {
  const { movements, nextCursor } = await listMovementPage(sql, of);
  return { movements: movements.map(movementView), nextCursor };
}
