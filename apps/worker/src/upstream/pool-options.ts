import type { Pool } from 'undici';

export const connectTimeoutMs = 3_000;
/** Idle connections are closed before the usual 60 s to 75 s of servers, so that we do not send into a closing one. */
const keepAliveTimeoutMs = 30_000;

/**
 * What all pools have in common. undici's own timeouts are off: first byte, idle and total bounds are set per channel and kept by the
 * watch (relay/watch.ts). Redirects are never followed: a pool speaks to its origin alone.
 */
export function poolOptions(connect: NonNullable<Pool.Options['connect']>): Pool.Options {
  return {
    // As many connections as there are requests under way; those are bounded at the door (server.ts).
    connections: null,
    pipelining: 1,
    keepAliveTimeout: keepAliveTimeoutMs,
    keepAliveMaxTimeout: keepAliveTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect,
  };
}
