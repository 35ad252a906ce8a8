import type { Actor } from '@ai-bridge/access';
import type { Context } from '#server/context.ts';

/** A call of somebody who is signed in, about themselves. */
export type SignedIn = Context & { readonly session: NonNullable<Context['session']> };

export function actorOf({ session, address, requestId }: Pick<SignedIn, 'session' | 'address' | 'requestId'>): Actor {
  return { kind: 'console', userId: session.user.id, address, requestId };
}
