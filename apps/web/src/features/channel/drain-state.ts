import type { Channel } from './channel-filter.ts';

/** Workers hear of a change within a second and tell what they see every 5 s: what they said before that is of the time before. */
const heardWithinMs = 1_000;

export type DrainState =
  /** It takes new requests. */
  | { readonly kind: 'none' }
  /** Requests are under way; how many is not known where no worker has spoken since. */
  | { readonly kind: 'draining'; readonly inFlight: number | undefined }
  /** Nothing is under way any more. */
  | { readonly kind: 'drained' };

/** How far a channel's draining has come. */
export function drainState({ enabled, drainingSince, health }: Channel): DrainState {
  if (!enabled || drainingSince === null) return { kind: 'none' };
  const hasSpoken = health !== undefined && health.seenAt.getTime() > drainingSince.getTime() + heardWithinMs;
  if (!hasSpoken) return { kind: 'draining', inFlight: health?.inFlight || undefined };
  return health.inFlight > 0 ? { kind: 'draining', inFlight: health.inFlight } : { kind: 'drained' };
}
