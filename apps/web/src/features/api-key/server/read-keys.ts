import { listApiKeys, listEarlierSecrets } from '@ai-bridge/access';
import { formatMultiplier, groupsOfKeys } from '@ai-bridge/catalog';
import { spendOfKeys } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { findPeople } from '#server/people.ts';

/** An organization's keys as lists show them, each table asked once however many keys there are. */
export async function readKeys(deps: Pick<Deps, 'prisma' | 'database' | 'clock'>, organizationId: string) {
  const { prisma, database, clock } = deps;
  const of = { organizationId, now: new Date(clock.now()) };
  const [keys, earlier, spent] = await Promise.all([
    listApiKeys(prisma, of),
    listEarlierSecrets(prisma, of),
    spendOfKeys(database, of),
  ]);
  const makers = keys.flatMap(({ createdByUserId }) => createdByUserId ?? []);
  const [groupOf, personOf] = await Promise.all([
    groupsOfKeys(
      prisma,
      keys.map(({ group }) => group),
    ),
    findPeople(deps, [...new Set(makers)]),
  ]);
  const spends = new Map(spent.map((one) => [one.apiKeyId, one]));
  return keys.map(({ createdByUserId, ...key }) => {
    const { multiplierBasisPoints, ...group } = groupOf(key.group);
    const multiplier = multiplierBasisPoints === undefined ? undefined : formatMultiplier(multiplierBasisPoints);
    return {
      ...key,
      group: { ...group, multiplier },
      madeBy: personOf(createdByUserId)?.name,
      /** A configuration file keeps it: what is changed here would be put back. */
      isOfFile: createdByUserId === null,
      spentTodayNanoUsd: spends.get(key.id)?.dayNanoUsd ?? 0n,
      spentThisMonthNanoUsd: spends.get(key.id)?.monthNanoUsd ?? 0n,
      earlierSecrets: earlier.filter(({ apiKeyId }) => apiKeyId === key.id),
    };
  });
}
