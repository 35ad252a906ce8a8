/** How far "now" reaches back. */
export const nowWindowMs = 15 * 60_000;

/** Below this share of answered attempts a model is degraded. */
export const degradedBelow = 0.95;
/** Below this share it is down. */
export const downBelow = 0.5;
/** Fewer attempts than this tell too little to call a model down. */
export const minAttemptsForDown = 3;

export const modelStates = ['down', 'degraded', 'operational', 'no_traffic'] as const;
/** In the order of how much they matter to who looks. */
export type ModelState = (typeof modelStates)[number];

/** What a stretch of time says of a model; nothing seen is no good news. */
export function stateOf({ requests, failures }: { readonly requests: number; readonly failures: number }): ModelState {
  if (requests === 0) return 'no_traffic';
  const availability = (requests - failures) / requests;
  if (availability < downBelow && requests >= minAttemptsForDown) return 'down';
  return availability < degradedBelow ? 'degraded' : 'operational';
}

/** `partly_down`: some models are down and others are not. */
export type OverallState = ModelState | 'partly_down';

/** All models in one word; those without traffic say nothing. */
export function overallOf(states: readonly ModelState[]): OverallState {
  const seen = states.filter((state) => state !== 'no_traffic');
  if (seen.length === 0) return 'no_traffic';
  if (seen.every((state) => state === 'down')) return 'down';
  if (seen.includes('down')) return 'partly_down';
  return seen.includes('degraded') ? 'degraded' : 'operational';
}
