import type { BillingDeps } from '@ai-bridge/billing';
import { readSettings } from '@ai-bridge/catalog';
import { nanoUsdPerUsd } from '@ai-bridge/domain';
import type { Deps } from './deps.ts';

/** Billing with the limit that the settings have at this moment, above which it takes two people. */
export async function billingInForce({ billing, prisma }: Pick<Deps, 'billing' | 'prisma'>): Promise<BillingDeps> {
  const { secondPersonAboveUsd } = await readSettings(prisma);
  return { ...billing, secondPersonAboveNanoUsd: BigInt(secondPersonAboveUsd) * nanoUsdPerUsd };
}
