import { createHash } from 'node:crypto';
import { AccessError, listSessions, revokeSession, revokeSessions } from '@ai-bridge/access';
import { deviceOf } from '../device.ts';
import { actorOf, type SignedIn } from './signed-in.ts';

const shownCharacters = 22;
/** A session's id is what a cookie carries: pages know its hash alone. */
const shownId = (sessionId: string): string =>
  createHash('sha256').update(sessionId).digest('base64url').slice(0, shownCharacters);

/** Where the caller is signed in, last seen first. */
export async function ownSessions({ deps, session }: SignedIn) {
  const rows = await listSessions(deps.prisma, { userId: session.user.id, now: new Date(deps.clock.now()) });
  return rows.map(({ sessionId, createdAt, lastSeenAt, address, userAgent, method }) => ({
    ...{ id: shownId(sessionId), isCurrent: sessionId === session.sessionId },
    ...{ createdAt, lastSeenAt, address, device: deviceOf(userAgent), method },
  }));
}

/** Ends the session that the caller is in. */
export async function signOut(call: Pick<SignedIn, 'deps' | 'session' | 'address' | 'requestId'>): Promise<void> {
  const { deps, session } = call;
  const { sessionId, user } = session;
  await revokeSession(deps.prisma, { userId: user.id, sessionId, actor: actorOf(call) });
  deps.sessions.forget(sessionId);
}

/** Ends one of the caller's sessions, at once. @throws AccessError('not_found') */
export async function endSession(call: SignedIn, id: string): Promise<void> {
  const { deps, session } = call;
  const userId = session.user.id;
  const rows = await listSessions(deps.prisma, { userId, now: new Date(deps.clock.now()) });
  const found = rows.find(({ sessionId }) => shownId(sessionId) === id);
  const end = found && { userId, sessionId: found.sessionId, actor: actorOf(call) };
  if (!end || !(await revokeSession(deps.prisma, end))) throw new AccessError('not_found', 'no such session');
  deps.sessions.forget(end.sessionId);
}

/** Ends all sessions of the caller, or all others. @returns how many */
export async function endSessions(call: SignedIn, which: 'all' | 'others'): Promise<{ readonly ended: number }> {
  const { deps, session } = call;
  const exceptSessionId = which === 'others' ? session.sessionId : undefined;
  const end = { userId: session.user.id, exceptSessionId, actor: actorOf(call) };
  const ended = await revokeSessions(deps.prisma, end);
  deps.sessions.forgetAll();
  return { ended };
}
