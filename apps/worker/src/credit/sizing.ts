import type { CreditAccount } from './account.ts';

/** The least free room worth keeping: 0.05 USD. */
export const leastCushionNanoUsd = 50_000_000n;
/** A top-up should last about this long: sooner needed again, the next one is twice as large. */
const topUpLastsMs = 5_000;
/** Longer unused, the room to keep shrinks. */
const topUpIsLargeMs = 10_000;
/** The part of a balance that may be leased without a request that needs it. */
const unneededShare = 4n;

/** The free room to ask for on top of what requests need; small balances keep most of theirs in reach of all workers. */
export function spareRoomNanoUsd(account: CreditAccount, neededNanoUsd: bigint, nowMs: number): bigint {
  if (account.availableNanoUsd === undefined || nowMs < account.recalledUntilMs) return 0n;
  const rest = (account.availableNanoUsd - neededNanoUsd) / unneededShare;
  if (rest <= 0n) return 0n;
  return rest < account.cushionNanoUsd ? rest : account.cushionNanoUsd;
}

/** Whether the free room has fallen so low that more should be fetched before it runs out. */
export function wantsTopUp(account: CreditAccount): boolean {
  return account.freeNanoUsd * 2n < account.cushionNanoUsd;
}

/** Learns from how soon the last top-up was used up. */
export function growCushion(account: CreditAccount, nowMs: number): void {
  if (nowMs - account.lastTakeMs < topUpLastsMs && account.availableNanoUsd !== undefined) {
    const most = account.availableNanoUsd / unneededShare;
    const doubled = account.cushionNanoUsd * 2n;
    account.cushionNanoUsd = max(leastCushionNanoUsd, doubled < most ? doubled : most);
  }
  account.lastTakeMs = nowMs;
}

/** Once a second: forgets peaks and large cushions that are no longer needed. */
export function fade(account: CreditAccount, nowMs: number): void {
  account.peakReservedNanoUsd = max(account.reservedNanoUsd, (account.peakReservedNanoUsd * 3n) / 4n);
  if (nowMs - account.lastTakeMs > topUpIsLargeMs) {
    account.cushionNanoUsd = max(leastCushionNanoUsd, (account.cushionNanoUsd * 3n) / 4n);
  }
}

/** Free room beyond all expectation, to be given back; 0 where keeping it spares statements. */
export function excessNanoUsd(account: CreditAccount): bigint {
  const likelyNanoUsd = account.peakReservedNanoUsd - account.reservedNanoUsd + account.cushionNanoUsd;
  return account.freeNanoUsd > likelyNanoUsd * 2n ? account.freeNanoUsd - likelyNanoUsd : 0n;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
