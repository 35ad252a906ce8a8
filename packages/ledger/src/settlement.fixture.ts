import type { SettlementRecord } from '@ai-bridge/domain';

/** A whole settlement record around the three fields that the ledger reads. */
export function settlement(requestId: string, organizationId: string, chargeNanoUsd: bigint): SettlementRecord {
  return {
    requestId,
    organizationId,
    apiKeyId: 'key_1',
    createdAt: '2026-01-02T03:04:05.678Z',
    outcome: 'completed',
    endpoint: '/v1/messages',
    clientProtocol: 'anthropic-messages',
    upstreamProtocol: 'anthropic-messages',
    stream: true,
    modelRequested: 'a "model" of \\ requestId":"x',
    provider: 'demo',
    usage: { input: 12, output: 34 },
    usageSource: 'reported',
    chargeNanoUsd: chargeNanoUsd.toString(),
    status: 200,
    durationMs: 5,
    attempts: [{ channelId: 'chn_1', provider: 'demo', model: 'm', status: 200, paidBy: 'customer' }],
    losses: [{ path: 'requestId', reason: '"chargeNanoUsd":"7"' }],
  };
}

/** Settlement records as captureBatch takes them. */
export function batch(...records: [requestId: string, organizationId: string, chargeNanoUsd: bigint][]): string {
  return JSON.stringify(records.map((record) => settlement(...record)));
}
