import type { Sql } from '@ai-bridge/db';
import { cancelRefund, freezeForDispute, unfreezeDispute, writeOffDispute } from '@ai-bridge/ledger';
import { raiseAlarm } from '../alarms.ts';
import { actorName, system } from '../audit.ts';
import type { Order } from '../orders/order-row.ts';
import type { ProviderDispute } from '../payments/provider.ts';
import { readOrderAccount } from '../refunds/order-account.ts';
import { hasUnansweredRefund } from '../refunds/refund-row.ts';
import { creditOfMoney, most } from '../refunds/refundable.ts';
import { type Dispute, readDisputes } from './dispute-row.ts';
import { canDisputeBecome } from './dispute-states.ts';

/**
 * Brings an order's disputes to where the provider has them: an open one sets its unused tokens aside, as they come free of workers' leases;
 * a won one gives them back; a lost one writes them off. The order is paid, and locked by the caller.
 */
export async function applyDisputes(sql: Sql, order: Order, disputes: readonly ProviderDispute[]): Promise<void> {
  for (const latest of disputes) {
    const told = await untilAnswered(sql, order, latest);
    const known =
      (await readDisputes(sql, order.id)).find(({ id }) => id === told.id) ?? (await note(sql, order, told));
    const isNews = known.state !== told.state && canDisputeBecome(known.state, told.state);
    const state = isNews ? told.state : known.state;
    const isPriced = state === 'open' || (isNews && state === 'lost');
    const dispute = isPriced ? await price(sql, order, known, told) : known;
    if (isPriced) await freeze(sql, order, dispute);
    if (!isNews) continue;
    if (state === 'won') await unfreezeDispute(sql, { ...nameOf(dispute), actor: actorName(system) });
    if (state === 'lost') await writeOff(sql, dispute.id);
    await sql.query(
      `UPDATE dispute SET state = $2, provider_status = $3, ended_at = CASE WHEN $2 IN ('won', 'lost') THEN now() END
       WHERE id = $1`,
      [told.id, state, told.status],
    );
  }
}

/** A lost dispute stays open while a refund of ours is unanswered: the tokens that this would give back are to be written off with it. */
async function untilAnswered(sql: Sql, order: Order, told: ProviderDispute): Promise<ProviderDispute> {
  if (told.state !== 'lost') return told;
  await withdrawUnsentRefund(sql, order);
  return (await hasUnansweredRefund(sql, order.id)) ? { ...told, state: 'open' } : told;
}

const nameOf = ({ id, organizationId }: Pick<Dispute, 'id' | 'organizationId'>) => ({ disputeId: id, organizationId });

/** Every dispute begins as an inquiry here, and goes on from there. */
async function note(sql: Sql, order: Order, told: ProviderDispute): Promise<Dispute> {
  const { id: orderId, organizationId } = order;
  await sql.query(
    `INSERT INTO dispute (id, order_id, organization_id, state, provider_status, amount_minor, reason, credit_nano_usd)
     VALUES ($1, $2, $3, 'inquiry', $4, $5, $6, 0)`,
    [told.id, orderId, organizationId, told.status, told.amountMinor, told.reason ?? null],
  );
  const detail = { order: orderId, amountMinor: `${told.amountMinor}`, currency: order.currency, status: told.status };
  await raiseAlarm(sql, { kind: 'dispute_opened', subject: told.id, organizationId, detail });
  return {
    ...{
      id: told.id,
      orderId,
      organizationId,
      state: 'inquiry',
      providerStatus: told.status,
      reason: told.reason ?? null,
    },
    ...{ amountMinor: told.amountMinor, creditNanoUsd: 0n, frozenNanoUsd: 0n, createdAt: new Date(), endedAt: null },
  };
}

/**
 * The tokens that the disputed money was for. A refund of ours that was not sent gives its own back first: the bank came before it. One that is
 * unanswered may be refused later, and its tokens then are the dispute's: so this is asked at every look.
 */
async function price(sql: Sql, order: Order, dispute: Dispute, told: ProviderDispute): Promise<Dispute> {
  await withdrawUnsentRefund(sql, order);
  const account = await readOrderAccount(sql, order);
  const returns = account.returns.filter(({ id }) => id !== dispute.id);
  const credit = told.amountMinor === 0n ? 0n : creditOfMoney({ ...account, returns }, told.amountMinor);
  const creditNanoUsd = most(credit, dispute.frozenNanoUsd);
  await sql.query('UPDATE dispute SET credit_nano_usd = $2, amount_minor = $3 WHERE id = $1', [
    dispute.id,
    creditNanoUsd,
    told.amountMinor,
  ]);
  return { ...dispute, creditNanoUsd };
}

async function withdrawUnsentRefund(sql: Sql, order: Order): Promise<void> {
  const [refund] = await sql.query<{ id: string }>(
    `UPDATE refund SET state = 'cancelled', ended_at = now(), tells_reason = false,
       last_error = 'the payment is in dispute'
     WHERE order_id = $1 AND origin = 'request' AND state = 'reserved' AND attempts = 0 RETURNING id`,
    [order.id],
  );
  if (!refund) return;
  await cancelRefund(sql, { refundId: refund.id, organizationId: order.organizationId, actor: actorName(system) });
}

async function freeze(sql: Sql, order: Order, dispute: Dispute): Promise<void> {
  if (dispute.frozenNanoUsd >= dispute.creditNanoUsd) return;
  const { frozenNanoUsd } = await freezeForDispute(sql, {
    ...nameOf(dispute),
    ...{ orderId: order.id, amountNanoUsd: dispute.creditNanoUsd, actor: actorName(system) },
  });
  await sql.query('UPDATE dispute SET frozen_nano_usd = $2 WHERE id = $1', [dispute.id, frozenNanoUsd]);
}

async function writeOff(sql: Sql, disputeId: string): Promise<void> {
  const [dispute] = await sql.query<{ organizationId: string; order: string; shortfall: bigint }>(
    `SELECT organization_id AS "organizationId", order_id AS "order", credit_nano_usd - frozen_nano_usd AS shortfall
     FROM dispute WHERE id = $1`,
    [disputeId],
  );
  if (!dispute) return;
  const { organizationId, order, shortfall: shortfallNanoUsd } = dispute;
  await writeOffDispute(sql, { disputeId, organizationId, shortfallNanoUsd, actor: actorName(system) });
  const detail = { order, usedNanoUsd: `${shortfallNanoUsd}` };
  await raiseAlarm(sql, { kind: 'dispute_lost', subject: disputeId, organizationId, detail });
}
