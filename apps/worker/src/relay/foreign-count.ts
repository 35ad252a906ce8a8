import type { Protocol } from '@ai-bridge/domain';
import { codecOf, estimateTokens } from '@ai-bridge/protocol';
import { corsLines, requestIdLines } from '../http/respond.ts';
import { headerLine } from '../http1/header-lines.ts';
import type { RelayDeps } from './deps.ts';
import type { PlannedRequest } from './planned-request.ts';
import { nothingUsed } from './settlement.ts';
import { settlementRecord } from './settlement-record.ts';
import { protocolOn } from './spoken-protocols.ts';
import { countUpstream } from './upstream-count.ts';

/** Whether tokens are asked to be counted in another protocol than the model's upstream speaks. */
export function isForeignCount({ route, plan }: PlannedRequest): boolean {
  const channel = plan.candidates[0]?.channel;
  return route.kind === 'count' && channel !== undefined && protocolOn(channel, route.protocol) !== route.protocol;
}

/**
 * Answers a request to count tokens: by the upstream's own count where it has one, else with an estimate, which the header
 * x-bridge-estimated says it is. Costs nothing, like every count.
 * @throws RelayError invalid_request where the request is malformed
 */
export async function answerForeignCount(request: PlannedRequest, deps: RelayDeps): Promise<void> {
  const { exchange, caller, head, route, plan } = request;
  const { value } = codecOf(route.protocol).parseRequest(countedBody(route.protocol, request.body), route.pathHead);
  const counted = await countUpstream(request, value, deps);
  const tokens = counted ?? (await estimateTokens(value, plan.model.id));
  const body = Buffer.from(
    JSON.stringify(route.protocol === 'gemini' ? { totalTokens: tokens } : { input_tokens: tokens }),
  );
  const provider = plan.candidates[0]?.channel.provider ?? plan.model.provider;
  const who = headerLine('x-bridge-provider', provider) + headerLine('x-bridge-model', plan.model.id);
  const how = `x-bridge-attempts: 0\r\nx-bridge-converted: 1\r\nx-bridge-estimated: ${counted === undefined ? 1 : 0}\r\n`;
  const cors = exchange.request.headers.origin === undefined ? '' : corsLines;
  const type = 'content-type: application/json; charset=utf-8\r\n';
  const { response } = exchange;
  if (!response.isGone) response.answer(200, requestIdLines(exchange) + who + how + cors + type, body);
  deps.recorder.outcome(
    settlementRecord(exchange, caller, head, {
      ...{
        outcome: 'completed',
        priced: plan.candidates[0],
        channel: undefined,
        status: 200,
        errorCode: undefined,
        firstByteMs: undefined,
      },
      settlement: nothingUsed,
      endedAtMs: deps.clock.monotonicMs(),
      attempts: [],
      rejected: plan.rejected,
    }),
  );
}

/** Gemini's counts may wrap the whole request that is counted. */
function countedBody(protocol: Protocol, body: Buffer): Buffer {
  if (protocol !== 'gemini' || !body.includes('"generateContentRequest"')) return body;
  const root = JSON.parse(body.toString()) as { generateContentRequest?: unknown };
  return root.generateContentRequest ? Buffer.from(JSON.stringify(root.generateContentRequest)) : body;
}
