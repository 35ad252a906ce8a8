import type { AttemptRecord, SettlementRecord, Terms, Usage } from '@ai-bridge/domain';

/** What a line of the journal is: how a request ended, or how it would if the process died now. */
export type LineKind = 'outcome' | 'checkpoint';

/**
 * A settlement record as its journal line: the same JSON that JSON.stringify would write, in a third of the time. Only what a client or
 * an upstream chose is escaped; ids, words of ours, numbers and dates hold nothing that needs it.
 */
export function settlementLine(kind: LineKind, record: SettlementRecord): string {
  let line = `{"k":"${kind}","requestId":"${record.requestId}","organizationId":"${record.organizationId}","apiKeyId":"${record.apiKeyId}","createdAt":"${record.createdAt}","outcome":"${record.outcome}","endpoint":${JSON.stringify(record.endpoint)},"clientProtocol":"${record.clientProtocol}"`;
  if (record.upstreamProtocol) line += `,"upstreamProtocol":"${record.upstreamProtocol}"`;
  line += `,"stream":${record.stream},"modelRequested":${JSON.stringify(record.modelRequested)}`;
  if (record.modelUsed !== undefined) line += `,"modelUsed":${JSON.stringify(record.modelUsed)}`;
  if (record.upstreamModel !== undefined) line += `,"upstreamModel":${JSON.stringify(record.upstreamModel)}`;
  if (record.provider !== undefined) line += `,"provider":${JSON.stringify(record.provider)}`;
  if (record.channelId !== undefined) line += `,"channelId":"${record.channelId}"`;
  if (record.priceId !== undefined) line += `,"priceId":"${record.priceId}"`;
  line += `,"usage":${usageText(record.usage)},"usageSource":"${record.usageSource}","chargeNanoUsd":"${record.chargeNanoUsd}"`;
  if (record.costNanoUsd !== undefined) line += `,"costNanoUsd":"${record.costNanoUsd}"`;
  if (record.status !== undefined) line += `,"status":${record.status}`;
  if (record.errorCode !== undefined) line += `,"errorCode":"${record.errorCode}"`;
  if (record.firstByteMs !== undefined) line += `,"firstByteMs":${record.firstByteMs}`;
  line += `,"durationMs":${record.durationMs}`;
  if (record.attempts) line += `,"attempts":${attemptsText(record.attempts)}`;
  if (record.losses) line += `,"losses":${JSON.stringify(record.losses)}`;
  if (record.terms) line += `,"terms":${termsText(record.terms)}`;
  if (record.routing) line += `,"routing":${JSON.stringify(record.routing)}`;
  return `${line}}`;
}

function termsText({ multiplierBasisPoints, forgivenTokens, multiplier }: Terms): string {
  const text = `{"multiplierBasisPoints":${multiplierBasisPoints},"forgivenTokens":${forgivenTokens}`;
  if (multiplier === undefined) return `${text}}`;
  return `${text},"multiplier":{"group":${JSON.stringify(multiplier.group)},"version":${multiplier.version}}}`;
}

function usageText(usage: Usage): string {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, webSearches, rates } = usage;
  let text = '';
  if (input !== undefined) text += `,"input":${input}`;
  if (cacheRead !== undefined) text += `,"cacheRead":${cacheRead}`;
  if (cacheWrite5m !== undefined) text += `,"cacheWrite5m":${cacheWrite5m}`;
  if (cacheWrite1h !== undefined) text += `,"cacheWrite1h":${cacheWrite1h}`;
  if (output !== undefined) text += `,"output":${output}`;
  if (reasoning !== undefined) text += `,"reasoning":${reasoning}`;
  if (webSearches !== undefined) text += `,"webSearches":${webSearches}`;
  if (rates !== undefined) text += `,"rates":${JSON.stringify(rates)}`;
  return `{${text.slice(1)}}`;
}

function attemptsText(attempts: readonly AttemptRecord[]): string {
  let text = '';
  for (const { channelId, provider, model, status, firstByteMs, error, paidBy, ownKey, repair } of attempts) {
    if (text !== '') text += ',';
    text += `{"channelId":"${channelId}","provider":${JSON.stringify(provider)},"model":${JSON.stringify(model)}`;
    if (status !== undefined) text += `,"status":${status}`;
    if (firstByteMs !== undefined) text += `,"firstByteMs":${firstByteMs}`;
    if (error !== undefined) text += `,"error":${JSON.stringify(error)}`;
    text += ownKey ? `,"paidBy":"${paidBy}","ownKey":true` : `,"paidBy":"${paidBy}"`;
    text += repair ? `,"repair":${JSON.stringify(repair)}}` : '}';
  }
  return `[${text}]`;
}
