import type { SettlementRecord } from '@ai-bridge/domain';

/** A line of the journal: what one request of an organization came to, or, as a checkpoint, stands at. */
export function journalLine(
  { organizationId, id, kind = 'outcome' }: { organizationId: string; id: string; kind?: 'outcome' | 'checkpoint' },
  change: Partial<SettlementRecord> = {},
): string {
  const record: SettlementRecord = {
    requestId: `${organizationId}_${id}`,
    organizationId,
    apiKeyId: 'key_a',
    createdAt: new Date().toISOString(),
    outcome: kind === 'outcome' ? 'completed' : 'interrupted',
    endpoint: '/v1/messages',
    clientProtocol: 'anthropic-messages',
    stream: true,
    modelRequested: 'm',
    modelUsed: 'm',
    usage: { input: 1, output: 1 },
    usageSource: 'reported',
    chargeNanoUsd: '10',
    durationMs: 1,
    attempts: [],
    ...change,
  };
  return JSON.stringify({ k: kind, ...record });
}
