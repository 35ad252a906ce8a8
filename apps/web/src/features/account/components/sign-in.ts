import { signIn } from 'next-auth/react';

export type SignInResult = 'ok' | 'refused' | 'too_many_attempts' | 'unreachable';

/** Trades e-mail and password for the session cookie. */
export async function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined);
  if (!answer) return 'unreachable';
  if (answer.ok) return 'ok';
  return answer.error === 'too_many_attempts' ? 'too_many_attempts' : 'refused';
}
