import type { BillingDeps } from '../deps.ts';
import { beginTopUps } from './begin-top-ups.ts';
import { payTopUps } from './pay-top-ups.ts';

/** Buys for those whose balance is low and who have agreed to it. Any number of processes may do so at once. */
export async function topUp(deps: BillingDeps): Promise<void> {
  await beginTopUps(deps);
  await payTopUps(deps);
}
