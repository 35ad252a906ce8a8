import type { Loss, Protocol } from '@ai-bridge/domain';
import { codecOf, createStreamTap, mayHoldSignatures } from '@ai-bridge/protocol';
import { requestHeaders } from '../upstream/headers.ts';
import type { AnswerBody } from './answer-body.ts';
import type { Call } from './call.ts';
import type { Hold } from './hold.ts';
import { neutralOf, targetFor } from './neutral-request.ts';
import { wrongContentType } from './no-answer.ts';
import { isKept } from './object-ties.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { StreamBody } from './stream-body.ts';
import { addsIncludeUsage, upstreamBody } from './upstream-body.ts';
import { WholeBody } from './whole-body.ts';

/** The same protocol on both sides: bytes go through unchanged, but for the edits that passthrough allows itself. */
export class PassthroughCall implements Call {
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly query: string;
  readonly headers: string[];
  readonly body: Buffer;
  readonly isConverted = false;
  readonly isKept: boolean;
  readonly losses: readonly Loss[];
  readonly answerType = undefined;
  readonly #answersJson: boolean;
  readonly #stripUsageChunk: boolean;

  /** @throws RelayError invalid_request where an answer of another upstream in the conversation cannot be put into its words */
  constructor(request: PlannedRequest, hold: Hold, candidate: Candidate) {
    const { exchange, route, head } = request;
    this.protocol = route.protocol;
    this.endpoint = route.endpoint;
    this.query = exchange.query;
    this.headers = requestHeaders(exchange.request.headers);
    this.isKept = isKept(route, request.body);
    this.#answersJson = route.answersJson;
    this.#stripUsageChunk = addsIncludeUsage(head, route);
    const body = upstreamBody(request, hold, candidate);
    const own =
      route.isConvertible && mayHoldSignatures(body) ? withoutForeignSignatures(request, hold, candidate) : undefined;
    this.body = own?.body ?? body;
    this.losses = own?.losses ?? [];
  }

  takeIn(type: string): AnswerBody | string {
    if (type.startsWith('text/event-stream')) {
      return new StreamBody(createStreamTap(this.protocol, { stripUsageChunk: this.#stripUsageChunk }));
    }
    if (type.includes('json') || !this.#answersJson) {
      return new WholeBody(this.protocol, type.includes('json'), this.#answersJson);
    }
    return wrongContentType(type);
  }
}

/** A conversation that was with another upstream for a while: its signatures would be refused here. */
function withoutForeignSignatures(request: PlannedRequest, hold: Hold, candidate: Candidate) {
  const rendered = codecOf(request.route.protocol).renderRequest(
    neutralOf(request, hold),
    targetFor(candidate, request.route.protocol),
  );
  return { body: Buffer.from(rendered.value), losses: rendered.losses };
}
