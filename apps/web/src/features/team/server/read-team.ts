import { listMembers } from '@ai-bridge/access';
import { spendOfMembers } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';

/** An organization's members, with what each one's keys were charged this UTC day and month (nano-USD). */
export async function readTeam({ prisma, database, clock }: Deps, organizationId: string) {
  const now = new Date(clock.now());
  const [{ name }, members, spends] = await Promise.all([
    prisma.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { name: true } }),
    listMembers(prisma, organizationId),
    spendOfMembers(database, { organizationId, now }),
  ]);
  const spendOf = new Map(spends.map((spend) => [spend.userId, spend]));
  return {
    organizationId,
    name,
    members: members.map(({ userId, ...member }) => ({
      ...{ id: userId, ...member },
      dayNanoUsd: spendOf.get(userId)?.dayNanoUsd ?? 0n,
      monthNanoUsd: spendOf.get(userId)?.monthNanoUsd ?? 0n,
    })),
  };
}
