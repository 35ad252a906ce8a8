const maxAddressLength = 45;

/**
 * The address a request comes from, for throttles and the audit log, never for access. A proxy in front appends what it
 * saw to x-forwarded-for, so the last entry is right behind one. Without a proxy, Next fills in the socket's address only
 * where the client sent no such header, so a client may make one up: whatever counts by address needs a second bound.
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return last ? last.slice(0, maxAddressLength) : 'unknown';
}
