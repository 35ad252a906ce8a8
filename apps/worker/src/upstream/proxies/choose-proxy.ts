import { createHash } from 'node:crypto';

/** What the choice goes by. */
export interface Candidate {
  readonly snapshot: { readonly id: string };
  readonly isWorking: boolean;
  readonly inFlight: number;
  /** When a request was last given to it, as a number that only grows. */
  readonly turn: number;
  isAvoided(origin: string): boolean;
}

/**
 * The proxy for a request: of those that work, and did not just fail for this origin where others did not, a session's own (every worker
 * finds the same one); without a session the one with the least under way, each in turn among equals. Undefined where none works.
 */
export function chooseProxy<Chosen extends Candidate>(
  proxies: readonly Chosen[],
  origin: string,
  session: string | undefined,
): Chosen | undefined {
  const working = proxies.filter(({ isWorking }) => isWorking);
  const unspoilt = working.filter((proxy) => !proxy.isAvoided(origin));
  const [first, ...others] = unspoilt.length > 0 ? unspoilt : working;
  if (!first || others.length === 0) return first;
  return session === undefined ? leastBusy(first, others) : ofSession(first, others, session);
}

function leastBusy<Chosen extends Candidate>(first: Chosen, others: readonly Chosen[]): Chosen {
  let best = first;
  for (const proxy of others) {
    if (proxy.inFlight < best.inFlight || (proxy.inFlight === best.inFlight && proxy.turn < best.turn)) best = proxy;
  }
  return best;
}

/** Rendezvous hashing: a session moves only when its proxy goes, and comes back with it. */
function ofSession<Chosen extends Candidate>(first: Chosen, others: readonly Chosen[], session: string): Chosen {
  let best = first;
  let highest = draw(session, first.snapshot.id);
  for (const proxy of others) {
    const drawn = draw(session, proxy.snapshot.id);
    if (drawn > highest) [best, highest] = [proxy, drawn];
  }
  return best;
}

function draw(session: string, proxyId: string): number {
  return createHash('sha256').update(session).update('\0').update(proxyId).digest().readUInt32BE(0);
}
