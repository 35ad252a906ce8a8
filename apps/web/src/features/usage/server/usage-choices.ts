import { namesOfApiKeys } from '@ai-bridge/access';
import { readUsageValues } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { findPeople } from '#server/people.ts';

/** What an organization's usage can be narrowed to, with the names of keys and of those who made them. */
export async function usageChoices(deps: Pick<Deps, 'prisma' | 'database'>, of: { readonly organizationId: string }) {
  const [{ models, providers, apiKeyIds }, named] = await Promise.all([
    readUsageValues(deps.database, of.organizationId),
    namesOfApiKeys(deps.prisma, of),
  ]);
  const used = new Set(apiKeyIds);
  const keys = named
    .filter(({ id }) => used.has(id))
    .map(({ id, name, last4, createdByUserId }) => ({ id, name, last4, memberId: createdByUserId ?? '' }));
  const memberIds = [...new Set(keys.map(({ memberId }) => memberId))];
  const personOf = await findPeople(deps, memberIds.filter(Boolean));
  const members = memberIds.map((id) => ({ id, name: personOf(id || null)?.name ?? '' }));
  return { organizationId: of.organizationId, models, providers, keys, members };
}

export type UsageChoices = Awaited<ReturnType<typeof usageChoices>>;
