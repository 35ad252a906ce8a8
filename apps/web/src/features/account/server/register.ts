import { registerUser } from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { grantCredit } from '@ai-bridge/ledger';
import { z } from 'zod';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';

const maxInputLength = 512;

export const registerInput = z.object({
  email: z.string().min(1).max(maxInputLength),
  name: z.string().min(1).max(maxInputLength),
  password: z.string().min(1).max(maxInputLength),
  locale: z.enum(['zh', 'en']),
});

/**
 * Makes a user with an organization of their own. They sign in afterwards like everyone else.
 * @throws sign_up_closed, too_many_attempts, and AccessError for what is wrong with the input
 */
export async function register(
  { deps, address, requestId }: Context,
  input: z.infer<typeof registerInput>,
): Promise<void> {
  const { signUp, signUpLimits, signUpBonusTokens } = await readSettings(deps.prisma);
  if (signUp === 'closed') throw refuse('sign_up_closed');
  if (!deps.signInThrottle.admitRegistration(address)) throw refuse('too_many_attempts');
  await registerUser(deps.prisma, {
    ...{ ...input, limits: signUpLimits },
    bonus: { amountNanoUsd: BigInt(signUpBonusTokens) * nanoUsdPerPlanToken, grantCredit },
    actor: { kind: 'console', address, requestId },
  });
}
