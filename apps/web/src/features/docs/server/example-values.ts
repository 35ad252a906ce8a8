import { can, listApiKeys } from '@ai-bridge/access';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { siteOrigin } from '#features/site/server/site-origin.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import type { Addresses, ExampleValues } from '../placeholders.ts';

/** What this reader's examples carry. */
export async function currentExampleValues(): Promise<ExampleValues> {
  const [addresses, shownKey] = await Promise.all([currentAddresses(), shownKeyOfReader()]);
  return { ...addresses, shownKey };
}

/** Where this reader reaches worker and console. */
export async function currentAddresses(): Promise<Addresses> {
  const [baseUrl, consoleUrl] = await Promise.all([currentWorkerAddress(), siteOrigin()]);
  return { baseUrl, consoleUrl };
}

/** The ends of the newest key that works in the reader's first organization, where they may see its keys. */
async function shownKeyOfReader(): Promise<string | undefined> {
  const session = await currentSession();
  const membership = session?.memberships[0];
  if (!membership || !can({ organizationRole: membership.role }, 'apiKey.read')) return undefined;
  const { prisma, clock } = composition().deps;
  const keys = await listApiKeys(prisma, { organizationId: membership.organizationId });
  const usable = keys.find(({ disabledAt, expiresAt }) => !disabledAt && !(expiresAt && +expiresAt <= clock.now()));
  return usable && `${usable.prefix}…${usable.last4}`;
}
