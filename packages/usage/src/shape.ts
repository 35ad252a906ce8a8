import type { Loss, Rejection, SettlementRecord, Terms } from '@ai-bridge/domain';

/** What many records of a batch have in common, each combination sent once. Names are those that `usage_rows` reads. */
export function shapeJson(record: SettlementRecord): string {
  return JSON.stringify({
    organizationId: record.organizationId,
    apiKeyId: record.apiKeyId,
    outcome: record.outcome,
    endpoint: record.endpoint,
    clientProtocol: record.clientProtocol,
    upstreamProtocol: record.upstreamProtocol,
    stream: record.stream,
    modelRequested: record.modelRequested,
    modelUsed: record.modelUsed,
    upstreamModel: record.upstreamModel,
    provider: record.provider,
    channelId: record.channelId,
    priceId: record.priceId,
    usageSource: record.usageSource,
    rates: record.usage.rates,
    status: record.status,
    errorCode: record.errorCode,
    losses: record.losses,
    terms: record.terms,
    routing: record.routing,
  });
}

/** Whether two records have one shape. What tells requests of one key apart most often is asked first. */
export function isSameShape(a: SettlementRecord, b: SettlementRecord): boolean {
  return (
    a.modelRequested === b.modelRequested &&
    a.stream === b.stream &&
    a.status === b.status &&
    a.outcome === b.outcome &&
    a.channelId === b.channelId &&
    a.errorCode === b.errorCode &&
    a.usageSource === b.usageSource &&
    a.modelUsed === b.modelUsed &&
    a.upstreamModel === b.upstreamModel &&
    a.priceId === b.priceId &&
    a.endpoint === b.endpoint &&
    a.clientProtocol === b.clientProtocol &&
    a.upstreamProtocol === b.upstreamProtocol &&
    a.provider === b.provider &&
    a.apiKeyId === b.apiKeyId &&
    a.organizationId === b.organizationId &&
    isSameList(a.usage.rates, b.usage.rates, (one, other) => one === other) &&
    isSameList(a.losses, b.losses, isSameLoss) &&
    isSameTerms(a.terms, b.terms) &&
    a.routing?.isChosen === b.routing?.isChosen &&
    isSameList(a.routing?.rejected, b.routing?.rejected, isSameRejection)
  );
}

function isSameLoss(a: Loss, b: Loss): boolean {
  return a.path === b.path && a.reason === b.reason;
}

function isSameTerms(a: Terms | undefined, b: Terms | undefined): boolean {
  if (a === b) return true;
  return (
    a?.multiplierBasisPoints === b?.multiplierBasisPoints &&
    a?.forgivenTokens === b?.forgivenTokens &&
    a?.multiplier?.group === b?.multiplier?.group &&
    a?.multiplier?.version === b?.multiplier?.version
  );
}

function isSameRejection(a: Rejection, b: Rejection): boolean {
  return a.channelId === b.channelId && a.model === b.model && a.reason === b.reason;
}

function isSameList<Item>(
  a: readonly Item[] | undefined,
  b: readonly Item[] | undefined,
  isSame: (a: Item, b: Item) => boolean,
): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!isSame(a[index] as Item, b[index] as Item)) return false;
  return true;
}
