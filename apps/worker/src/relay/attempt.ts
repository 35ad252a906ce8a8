import type { ChannelSnapshot, Timeouts } from '@ai-bridge/catalog';
import type { AttemptRecord, Loss } from '@ai-bridge/domain';
import { createdObjects } from '@ai-bridge/protocol';
import type { ClientWriter } from '../http/client-writer.ts';
import { corsLines, requestIdLines } from '../http/respond.ts';
import { type HeaderLines, headerLine } from '../http1/header-lines.ts';
import type { Admission } from '../limits/limiter.ts';
import { type ResponseHeaders, responseLines } from '../upstream/response-headers.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import { Answer, type AnswerInput } from './answer.ts';
import { AttemptHealth } from './attempt-health.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { Call } from './call.ts';
import type { PlannedCall } from './calls.ts';
import type { RelayDeps } from './deps.ts';
import type { Hold } from './hold.ts';
import { limitLines } from './limit-headers.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { lostCacheTokens } from './session-stay.ts';
import { type AnswerEnd, type Settlement, settle } from './settlement.ts';
import { recordOf } from './settlement-record.ts';
import { upstreamModel } from './spoken-protocols.ts';
import type { StreamFunds } from './stream-funds.ts';
import type { Watch } from './watch.ts';

/** What all attempts of a request have in common. */
export interface Attempting {
  readonly request: PlannedRequest;
  readonly hold: Hold;
  readonly admission: Admission;
  readonly client: ClientWriter;
  readonly deps: RelayDeps;
  /** The attempts made so far. */
  readonly records: AttemptRecord[];
  /** What those cost that failed and told what they had used. */
  failedCostNanoUsd: bigint;
}

/** One upstream call of a request, from its headers and body to what came of it. */
export class Attempt implements AnswerInput {
  readonly attempting: Attempting;
  readonly candidate: Candidate;
  readonly call: Call;
  /** The id that the channel's upstream knows the model by. */
  readonly model: string;
  /** 1 for the request's first. */
  readonly ordinal: number;
  #answer: Answer | undefined;
  #health: AttemptHealth | undefined;

  constructor(attempting: Attempting, { call, candidate }: PlannedCall) {
    this.attempting = attempting;
    this.candidate = candidate;
    this.call = call;
    this.model = upstreamModel(candidate.channel, candidate.model);
    this.ordinal = attempting.records.length + 1;
  }

  get channel(): ChannelSnapshot {
    return this.candidate.channel;
  }

  get promptBytes(): number {
    return this.attempting.request.head.promptBytes;
  }

  get timeouts(): Timeouts {
    return this.channel.timeouts;
  }

  get client(): ClientWriter {
    return this.attempting.client;
  }

  get watch(): Watch {
    return this.attempting.deps.watch;
  }

  get funds(): StreamFunds | undefined {
    return this.attempting.hold.funds;
  }

  /** Makes the call. Never rejects: what goes wrong is a result. */
  send(): Promise<AttemptResult> {
    const health = new AttemptHealth(this.candidate, this.attempting.deps);
    this.#health = health;
    return new Promise((resolve) => {
      const answer = new Answer(this, (result) => {
        health.ended(result, this.attempting.request.body);
        resolve(result);
      });
      this.#answer = answer;
      if (this.attempting.client.isGone) answer.onClientGone();
      try {
        this.#dispatch(answer);
      } catch (error) {
        answer.onError(error as Error);
      }
    });
  }

  #dispatch(answer: Answer): void {
    const { request, deps } = this.attempting;
    const { headers, endpoint, query, body } = this.call;
    const target = targetOf(this.channel);
    if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
    const path = upstreamPath(target, endpoint, this.model) + query;
    deps.pools
      .poolFor(target.origin, this.channel, request.plan.question.session)
      .send({ method: request.exchange.request.method, path, headers, body }, answer);
  }

  onClientGone(): void {
    this.#answer?.onClientGone();
  }

  opened(): void {
    this.#health?.answering();
  }

  /** What the customer pays for this end of the answer. */
  settled(end: AnswerEnd): Settlement {
    return settle(end, this.candidate, lostCacheTokens(this.attempting.request.plan, this.candidate));
  }

  /** Headers for the client, which name who answered. */
  openHeaders(upstream: ResponseHeaders): HeaderLines {
    const { request, admission } = this.attempting;
    const { exchange } = request;
    const who =
      headerLine('x-bridge-provider', this.channel.provider) + headerLine('x-bridge-model', this.candidate.model.id);
    const how = `x-bridge-attempts: ${this.ordinal}\r\nx-bridge-converted: ${this.call.isConverted ? 1 : 0}\r\n`;
    const cors = exchange.request.headers.origin === undefined ? '' : corsLines;
    const limits = limitLines(exchange.protocol, admission.remaining, exchange.createdAtMs);
    const { answerType } = this.call;
    const type = answerType === undefined ? responseLines(upstream) : headerLine('content-type', answerType);
    return requestIdLines(exchange) + who + how + cors + limits + type;
  }

  /** Pins what the upstream keeps of this answer to its channel and to the organization that asked. */
  keep(beginning: Buffer): void {
    const { request, deps } = this.attempting;
    const { organizationId, keyId: apiKeyId } = request.caller;
    const owner = { organizationId, apiKeyId, channelId: this.channel.id, model: this.candidate.model.id };
    const made = createdObjects('POST', this.call.endpoint, beginning);
    if (made.length > 0) deps.objects.pinSoon(made.map((object) => ({ ...owner, ...object })));
  }

  /** Writes down how the request stands, in case this process dies. */
  checkpoint(end: AnswerEnd): void {
    const { request, deps, records } = this.attempting;
    deps.recorder.checkpoint(
      recordOf(request, {
        outcome: 'interrupted',
        channel: this.channel,
        priced: this.candidate,
        call: this.call,
        settlement: this.settled(end),
        failedCostNanoUsd: this.attempting.failedCostNanoUsd,
        status: 200,
        errorCode: undefined,
        firstByteMs: undefined,
        endedAtMs: deps.clock.monotonicMs(),
        attempts: records,
        rejected: request.plan.rejected,
      }),
    );
  }

  /**
   * The attempt as it is kept. Customers pay for the answer they got, and whatever their own keys cost; everything else is ours. Written out, not spread: it is made for every
   * request, and copies of unknown shape cost microseconds there and wherever they are read.
   *
   * @param repair what is changed for the next attempt, after a refusal
   */
  record(result: AttemptResult, repair?: readonly Loss[]): AttemptRecord {
    const isAnswered = result.kind === 'answered';
    const { ownKey } = this.candidate;
    return {
      channelId: this.channel.id,
      provider: this.channel.provider,
      model: this.model,
      status: result.status,
      firstByteMs: isAnswered && result.firstByteMs !== undefined ? Math.round(result.firstByteMs) : undefined,
      error: isAnswered ? result.error : whyNot(result),
      paidBy: isAnswered || ownKey ? 'customer' : 'house',
      ownKey: ownKey ? true : undefined,
      repair,
    };
  }
}

function whyNot(result: Exclude<AttemptResult, { kind: 'answered' }>): string {
  if (result.kind === 'refused') return `status ${result.status}`;
  const { kind, text } = result.failure;
  return kind === text ? kind : `${kind}: ${text}`;
}
