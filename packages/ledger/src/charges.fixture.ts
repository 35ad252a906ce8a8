import type { Charge } from './capture.ts';

/** Charges as captureBatch takes them. */
export function batch(...charges: [requestId: string, organizationId: string, chargeNanoUsd: bigint][]): Charge[] {
  return charges.map(([requestId, organizationId, chargeNanoUsd]) => ({ requestId, organizationId, chargeNanoUsd }));
}
