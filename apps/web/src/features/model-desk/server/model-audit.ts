import type { PrismaClient } from '@ai-bridge/db';
import { findPeople } from '#server/people.ts';

const maxRows = 50;

/** What was changed of a model, the newest first, and by whom. */
export async function readModelAudit(prisma: PrismaClient, modelId: string) {
  const rows = await prisma.auditLog.findMany({
    where: {
      target: modelId,
      OR: [{ action: { startsWith: 'model.' } }, { action: { startsWith: 'price.' } }],
    },
    orderBy: { id: 'desc' },
    take: maxRows,
  });
  const person = await findPeople({ prisma }, [...new Set(rows.map(({ actorUserId }) => actorUserId))]);
  return rows.map(({ id, at, action, actorKind, actorUserId, detail }) => ({
    ...{ id, at, action, actorKind, detail: detail === null ? '' : JSON.stringify(detail) },
    person: person(actorUserId)?.name ?? null,
  }));
}
