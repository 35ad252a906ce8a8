import type { KeysetPosition, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { AccessError } from './access-error.ts';
import { type Actor, writeAudit } from './audit.ts';

export const maxNoteLength = 4_000;
const maxNotesListed = 200;

/** What somebody of the staff wrote down about a customer. */
export interface StaffNote {
  readonly id: string;
  readonly authorUserId: string;
  /** Null once it is withdrawn. */
  readonly text: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnByUserId: string | null;
}

/** Writes a note, for ever as it is. Throws AccessError: settings_invalid (1 to 4,000 characters), not_found. */
export async function writeStaffNote(
  prisma: PrismaClient,
  note: {
    readonly organizationId: string;
    readonly text: string;
    readonly authorUserId: string;
    readonly now: Date;
    readonly actor: Actor;
  },
): Promise<{ readonly id: string }> {
  const { organizationId, authorUserId, now, actor } = note;
  const text = note.text.trim();
  if (text === '' || [...text].length > maxNoteLength)
    throw new AccessError('settings_invalid', `expected 1 to ${maxNoteLength} characters`, 'text');
  const id = newId('nte', now.getTime());
  await prisma.$transaction(async (session) => {
    const known = await session.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
    if (!known) throw new AccessError('not_found', 'no such organization');
    await session.staffNote.create({ data: { id, organizationId, authorUserId, text, createdAt: now } });
    await writeAudit(session, actor, { action: 'staffNote.write', target: id, organizationId });
  });
  return { id };
}

/**
 * Takes a note back: nobody reads it any more, and that there was one stays.
 * @param of.authorUserId only a note of this author; undefined: whoever wrote it
 * Throws AccessError('not_found'), also where it is withdrawn already.
 */
export async function withdrawStaffNote(
  prisma: PrismaClient,
  of: {
    readonly noteId: string;
    readonly authorUserId: string | undefined;
    readonly byUserId: string;
    readonly now: Date;
    readonly actor: Actor;
  },
): Promise<void> {
  const { noteId, authorUserId, byUserId, now, actor } = of;
  await prisma.$transaction(async (session) => {
    const { count } = await session.staffNote.updateMany({
      where: { id: noteId, withdrawnAt: null, ...(authorUserId !== undefined && { authorUserId }) },
      data: { withdrawnAt: now, withdrawnByUserId: byUserId },
    });
    if (count === 0) throw new AccessError('not_found', 'no such note');
    const { organizationId } = await session.staffNote.findUniqueOrThrow({ where: { id: noteId } });
    await writeAudit(session, actor, { action: 'staffNote.withdraw', target: noteId, organizationId });
  });
}

/** An organization's notes, newest first. @param of.limit at most 200 */
export async function listStaffNotes(
  prisma: PrismaSession,
  of: { readonly organizationId: string; readonly before?: KeysetPosition | undefined; readonly limit: number },
): Promise<StaffNote[]> {
  const { organizationId, before, limit } = of;
  const older = before && {
    OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, id: { lt: before.id } }],
  };
  const rows = await prisma.staffNote.findMany({
    where: { organizationId, ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: Math.max(1, Math.min(limit, maxNotesListed)),
    omit: { organizationId: true },
  });
  return rows.map((row) => (row.withdrawnAt ? { ...row, text: null } : row));
}
