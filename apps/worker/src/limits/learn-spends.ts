import type { Caller } from '@ai-bridge/access/callers';
import type { Sql } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { spendOfKey, spendOfMembers } from '@ai-bridge/usage';
import { memberSubject, type Spends } from './spends.ts';

/** Reads what a caller, whose key was just looked up, has spent against each limit of its spend; nothing where there is none. */
export async function learnSpends(
  spends: Spends,
  { organizationId, keyId: apiKeyId, spendLimits, memberSpend }: Caller,
  { database, clock }: { readonly database: Sql; readonly clock: Clock },
): Promise<void> {
  const now = new Date(clock.now());
  const atMs = now.getTime();
  if (spendLimits) spends.learn(apiKeyId, { atMs, ...(await spendOfKey(database, { organizationId, apiKeyId, now })) });
  if (!memberSpend) return;
  const { userId } = memberSpend;
  const [spent] = await spendOfMembers(database, { organizationId, userId, now });
  const { dayNanoUsd = 0n, monthNanoUsd = 0n } = spent ?? {};
  spends.learn(memberSubject(organizationId, userId), { atMs, dayNanoUsd, monthNanoUsd });
}
