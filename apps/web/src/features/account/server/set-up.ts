import { createHash } from 'node:crypto';
import { registerUser } from '@ai-bridge/access';
import type { PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';
import { registerInput } from './register.ts';

/** Where the start command keeps the hash of the one link that is good now. */
const setUpTokenSetting = 'setup.tokenHash';
const maxTokenLength = 64;

export const setUpInput = registerInput.extend({ token: z.string().min(1).max(maxTokenLength) });

/**
 * Makes the first administrator by the link that the start command printed. Of many who use it at once, one is.
 * @throws set_up_over (used, replaced by a newer one, or there is an administrator), too_many_attempts, and AccessError for the input
 */
export async function setUp(
  { deps, address, requestId }: Context,
  { token, ...person }: z.infer<typeof setUpInput>,
): Promise<void> {
  if (!(await deps.accountThrottle.admit('setUpFromAddress', address))) throw refuse('too_many_attempts');
  await registerUser(deps.prisma, {
    ...{ ...person, staffRole: 'administrator', emailVerifiedAt: new Date(deps.clock.now()) },
    actor: { kind: 'console', address, requestId },
    also: (session) => claim(session, token),
  });
}

async function claim(session: PrismaSession, token: string): Promise<void> {
  const hash = createHash('sha256').update(token).digest('hex');
  // Deleting locks the row: whoever comes at the same moment finds none.
  const { count } = await session.setting.deleteMany({ where: { key: setUpTokenSetting, value: { equals: hash } } });
  const administrators = await session.user.count({ where: { staffRole: 'administrator' } });
  // The one being made is counted already.
  if (count === 0 || administrators > 1) throw refuse('set_up_over');
}
