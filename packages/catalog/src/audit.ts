import type { Prisma, PrismaSession } from '@ai-bridge/db';

/** Who changes the catalog. */
export interface CatalogActor {
  readonly kind: 'config' | 'console' | 'system';
  readonly userId?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Writes who changed what, with the transaction of the change. `detail` never holds a credential. */
export async function writeAudit(
  session: PrismaSession,
  actor: CatalogActor,
  action: string,
  target: string,
  detail: Prisma.InputJsonObject = {},
): Promise<void> {
  await session.auditLog.create({
    data: {
      actorKind: actor.kind,
      actorUserId: actor.userId ?? null,
      address: actor.address ?? null,
      requestId: actor.requestId ?? null,
      action,
      target,
      detail,
    },
  });
}
