import { readTrail, type Trail } from './trail.ts';

/** Of this tab alone: another one may go through another list. */
const place = 'bridge-trail';

/** Somebody is on the way back from a record: the list takes up where they left it. */
let isReturning = false;

export function keepTrail(trail: Trail): void {
  window.sessionStorage.setItem(place, JSON.stringify(trail));
}

/** As it is stored, which stays the same text until it is kept anew. */
export const keptTrailText = (): string | null => window.sessionStorage.getItem(place);

export const keptTrail = (): Trail | undefined => readTrail(keptTrailText());

export function setReturning(returns: boolean): void {
  isReturning = returns;
}

/** Once: the list that asks first is the one that was meant. */
export function takeReturning(): boolean {
  const was = isReturning;
  isReturning = false;
  return was;
}
