import { newId } from '@ai-bridge/domain';
import { cookies } from 'next/headers';
import { clientAddress } from './client-address.ts';
import { composition, type Deps } from './deps.ts';
import type { KnownSession } from './known-session.ts';
import { readSessionId } from './session-cookie.ts';

/** What a procedure knows of its call. */
export interface Context {
  readonly deps: Deps;
  readonly session: KnownSession | undefined;
  readonly requestId: string;
  readonly address: string;
  /** What the caller's browser calls itself. */
  readonly userAgent?: string | undefined;
}

/** The context of one tRPC request. */
export async function createContext(headers: Headers): Promise<Context> {
  return {
    deps: composition().deps,
    session: await currentSession(),
    requestId: newId('req'),
    address: clientAddress(headers.get('x-forwarded-for')),
    userAgent: headers.get('user-agent') ?? undefined,
  };
}

/** Who looks at a page: for what it shows and where it leads, never instead of a procedure's own check. */
export async function currentSession(): Promise<KnownSession | undefined> {
  const { deps, site } = composition();
  const jar = await cookies();
  const sessionId = await readSessionId((name) => jar.get(name)?.value, site);
  return sessionId === undefined ? undefined : deps.sessions.find(sessionId);
}
