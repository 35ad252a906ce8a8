import { signIn } from 'next-auth/react';

export type SignInResult =
  | { readonly kind: 'ok' | 'refused' | 'code_wrong' | 'ticket_invalid' | 'unreachable' }
  | { readonly kind: 'too_many_attempts'; readonly seconds: number }
  /** The password was right; the ticket and a code make the session. */
  | { readonly kind: 'second_factor'; readonly ticket: string };

/** Trades e-mail and password for the session cookie. */
export function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  return ask({ email, password });
}

/** The second step. */
export function signInWithCode(ticket: string, code: string): Promise<SignInResult> {
  return ask({ ticket, code });
}

async function ask(credentials: Record<string, string>): Promise<SignInResult> {
  const answer = await signIn('credentials', { ...credentials, redirect: false }).catch(() => undefined);
  if (!answer) return { kind: 'unreachable' };
  if (answer.ok) return { kind: 'ok' };
  const [reason, detail = ''] = (answer.error ?? '').split(':');
  if (reason === 'second_factor') return { kind: 'second_factor', ticket: detail };
  if (reason === 'too_many_attempts') return { kind: 'too_many_attempts', seconds: Number(detail) };
  return { kind: reason === 'code_wrong' || reason === 'ticket_invalid' ? reason : 'refused' };
}
