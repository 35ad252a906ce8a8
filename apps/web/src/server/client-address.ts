const maxAddressLength = 45;

/**
 * The address a request comes from. Next puts the socket's address into x-forwarded-for; a proxy in front appends to
 * it, so the last entry is the one that the nearest trusted hop saw. Good for throttles and logs, not for access.
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return last ? last.slice(0, maxAddressLength) : 'unknown';
}
