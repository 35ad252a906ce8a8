import { AccessError, normalizeEmail, registerUser } from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import { z } from 'zod';
import { accountWindows } from '#server/account-throttle.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';
import { requiresVerifiedEmail } from '#server/verified-email.ts';
import { sendVerification } from './email-address.ts';
import { giveSignUpBonus } from './sign-up-bonus.ts';
import { tellPerson } from './tell-person.ts';

const maxInputLength = 512;
const dayLength = 'YYYY-MM-DD'.length;

export const registerInput = z.object({
  email: z.string().min(1).max(maxInputLength),
  name: z.string().min(1).max(maxInputLength),
  password: z.string().min(1).max(maxInputLength),
  locale: z.enum(['zh', 'en']),
});

/**
 * Makes a user with an organization of their own, and mails them a link to confirm the address. They sign in afterwards like everyone else.
 * Where the address has an account the answer is the same, and its owner is told by mail, once a day.
 * @throws sign_up_closed, too_many_attempts, and AccessError for what is wrong with the input
 */
export async function register(
  { deps, address, requestId }: Context,
  input: z.infer<typeof registerInput>,
): Promise<void> {
  const settings = await readSettings(deps.prisma);
  if (settings.signUp === 'closed') throw refuse('sign_up_closed');
  if (!(await deps.accountThrottle.admit('registrationFromAddress', address)))
    throw refuse('too_many_attempts', accountWindows.registrationFromAddress.windowMs);
  const actor = { kind: 'console', address, requestId } as const;
  const { locale } = input;
  const mustVerify = await requiresVerifiedEmail(deps);
  try {
    await registerUser(deps.prisma, {
      ...{ ...input, limits: settings.signUpLimits, actor },
      also: async (session, { userId, organizationId }) => {
        if (!mustVerify) await giveSignUpBonus(session, organizationId, settings);
        await sendVerification(session, deps, { userId, email: normalizeEmail(input.email) ?? '', locale });
      },
    });
  } catch (error) {
    if (!(error instanceof AccessError && error.code === 'email_taken')) throw error;
    await tellOwner(deps, input.email, locale);
  }
}

async function tellOwner(deps: Context['deps'], typed: string, locale: string): Promise<void> {
  const email = normalizeEmail(typed) ?? '';
  const owner = await deps.prisma.user.findUnique({ where: { email }, select: { id: true, locale: true } });
  if (!owner) return;
  const day = new Date(deps.clock.now()).toISOString().slice(0, dayLength);
  const person = { email, locale: owner.locale ?? locale };
  await tellPerson(deps.prisma, deps, person, { news: 'already_registered' }, `registered-again:${owner.id}:${day}`);
}
