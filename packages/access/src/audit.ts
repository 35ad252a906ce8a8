import type { Prisma, PrismaSession } from '@ai-bridge/db';

/** Who makes a change. Without one, the system itself does. */
export interface Actor {
  readonly kind: 'config' | 'console' | 'system';
  readonly userId?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface AuditEntry {
  /** noun.verb, for example apiKey.create */
  readonly action: string;
  /** Id of the row that changed. */
  readonly target: string;
  readonly organizationId?: string | undefined;
  /** What changed; never a secret. */
  readonly detail?: Prisma.InputJsonObject | undefined;
}

const system: Actor = { kind: 'system' };

/** Writes who changed what. Call it with the transaction of the change itself. */
export async function writeAudit(session: PrismaSession, actor: Actor | undefined, entry: AuditEntry): Promise<void> {
  const by = actor ?? system;
  await session.auditLog.create({
    data: {
      actorKind: by.kind,
      actorUserId: by.userId ?? null,
      address: by.address ?? null,
      requestId: by.requestId ?? null,
      action: entry.action,
      target: entry.target,
      organizationId: entry.organizationId ?? null,
      ...(entry.detail ? { detail: entry.detail } : {}),
    },
  });
}
