import { namesOfApiKeys } from '@ai-bridge/access';
import { accountMonth, listMovements } from '@ai-bridge/billing';
import { type Month, monthOf } from '@ai-bridge/domain';
import { listLedgerMonths } from '@ai-bridge/ledger';
import { readMonthUsage } from '@ai-bridge/usage';
import { totalOf } from '#features/usage/totals.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { organizationNames } from '#server/organizations.ts';
import { findPeople } from '#server/people.ts';
import type { StatementKey } from '../usage-lines.ts';
import { inSnapshot } from './in-snapshot.ts';
import { movementView } from './movement-page.ts';
import { statementMonths } from './statement-months.ts';

type StatementDeps = Pick<Deps, 'prisma' | 'database' | 'clock'>;

export interface StatementQuestion {
  readonly organizationId: string;
  readonly month: Month;
}

/** What an organization used in a month, by key and model. @throws TRPCError not_found: it has no such month */
export async function readUsageStatement(deps: StatementDeps, question: StatementQuestion) {
  const frame = await readFrame(deps, question);
  return { ...frame, lines: await readMonthUsage(deps.database, question) };
}

/** The same with the balance through the month, and all that changed it. @param question.movements how many of these to list at most */
export async function readStatement(deps: StatementDeps, question: StatementQuestion & { readonly movements: number }) {
  const { organizationId, month } = question;
  const frame = await readFrame(deps, question);
  const { lines, account, moved } = await inSnapshot(deps.database, async (sql) => {
    const used = await readMonthUsage(sql, question);
    return {
      lines: used,
      account: accountMonth(await listLedgerMonths(sql, organizationId), month, totalOf(used).chargeNanoUsd),
      moved: await listMovements(sql, { organizationId, month, limit: question.movements }),
    };
  });
  return { ...frame, lines, account, movements: moved.movements.map(movementView), movementCount: moved.count };
}

/** What stands around a statement's figures. */
async function readFrame(deps: StatementDeps, { organizationId, month }: StatementQuestion) {
  const months = await statementMonths(deps, organizationId);
  if (!months.includes(month)) throw refuse('not_found');
  const keys = await readKeys(deps, organizationId);
  const personOf = await findPeople(
    deps,
    keys.map(({ memberId }) => memberId),
  );
  const memberIds = [...new Set(keys.map(({ memberId }) => memberId))];
  const nameOf = await organizationNames(deps, [organizationId]);
  return {
    month,
    organization: nameOf(organizationId),
    /** The month is not over: its figures still grow. */
    isRunning: month === monthOf(new Date(deps.clock.now())),
    keys,
    members: memberIds.flatMap((id) => {
      const person = personOf(id);
      return person ? [{ id: person.id, name: person.name }] : [];
    }),
  };
}

async function readKeys({ prisma }: StatementDeps, organizationId: string): Promise<StatementKey[]> {
  const keys = await namesOfApiKeys(prisma, { organizationId });
  return keys.map(({ id, name, last4, createdByUserId }) => ({ id, name, last4, memberId: createdByUserId }));
}

export type UsageStatement = Awaited<ReturnType<typeof readUsageStatement>>;
export type AccountStatement = Awaited<ReturnType<typeof readStatement>>;
export type MovementView = AccountStatement['movements'][number];
