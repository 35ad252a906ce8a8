import type { SiteSettings } from '@ai-bridge/catalog';
import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { grantCredit } from '@ai-bridge/ledger';

/**
 * Gives an organization that signed itself up its bonus, in the caller's transaction and once for ever. Where addresses have to be
 * confirmed it waits for that, so that invented addresses earn nothing.
 */
export async function giveSignUpBonus(
  session: PrismaSession,
  organizationId: string,
  { signUpBonusTokens }: Pick<SiteSettings, 'signUpBonusTokens'>,
): Promise<void> {
  if (signUpBonusTokens === 0) return;
  const amountNanoUsd = BigInt(signUpBonusTokens) * nanoUsdPerPlanToken;
  const grant = { key: `grant:sign-up:${organizationId}`, organizationId, amountNanoUsd };
  await grantCredit(sqlOf(session), { ...grant, reason: 'sign-up bonus', actor: 'system' });
}
