import { AccessError } from '@ai-bridge/access';
import { type MailKind, switchMailOff } from '@ai-bridge/mail';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';

/** Switches one kind of mail off for whoever got the mail. @throws AccessError('ticket_invalid'); too_many_attempts */
export async function switchOwnMailOff(
  { deps, address }: Context,
  { token, kind }: { readonly token: string; readonly kind: MailKind },
): Promise<void> {
  if (!(await deps.accountThrottle.admit('ticketFromAddress', address))) throw refuse('too_many_attempts');
  if ((await switchMailOff(deps.database, token, kind)) === undefined)
    throw new AccessError('ticket_invalid', 'this link is nobody’s');
}
