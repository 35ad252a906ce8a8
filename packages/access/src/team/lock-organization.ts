import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';

/**
 * Holds an organization's row until the transaction ends: who joins, leaves, is removed or gets another role takes turns, as do keys that are
 * made. Whoever needs several takes them in the order of their ids. Throws AccessError('not_found').
 */
export async function lockOrganization(session: PrismaSession, organizationId: string): Promise<void> {
  const found = await sqlOf(session).query(`SELECT 1 FROM organization WHERE id = $1 FOR UPDATE`, [organizationId]);
  if (found.length === 0) throw new AccessError('not_found', 'no such organization');
}

/** Call with the organization locked: somebody else has to own it, for this member ceases to. Throws AccessError('last_owner'). */
export async function keepOneOwner(session: PrismaSession, organizationId: string, userId: string): Promise<void> {
  const others = await session.member.count({ where: { organizationId, role: 'owner', userId: { not: userId } } });
  if (others === 0)
    throw new AccessError('last_owner', 'an organization keeps one owner: make somebody else owner first');
}
