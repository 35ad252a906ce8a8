import type { Loss, Protocol } from '@ai-bridge/domain';
import {
  anthropicVersion,
  type Conversion,
  codecOf,
  createStreamConverter,
  forOtherModel,
  type NeutralRequest,
  refuseUnwritable,
  type Target,
} from '@ai-bridge/protocol';
import type { AnswerBody } from './answer-body.ts';
import type { Call } from './call.ts';
import { ConvertedBody } from './converted-body.ts';
import { likelyPromptTokens } from './expected-cost.ts';
import type { Hold } from './hold.ts';
import { neutralOf, readingLosses, targetFor } from './neutral-request.ts';
import { wrongContentType } from './no-answer.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { StreamBody } from './stream-body.ts';

const eventStream = 'text/event-stream; charset=utf-8';

/** Where each protocol is spoken. */
const endpoints: Record<Protocol, { readonly whole: string; readonly stream: string; readonly query: string }> = {
  'anthropic-messages': { whole: '/v1/messages', stream: '/v1/messages', query: '' },
  'openai-chat': { whole: '/v1/chat/completions', stream: '/v1/chat/completions', query: '' },
  'openai-responses': { whole: '/v1/responses', stream: '/v1/responses', query: '' },
  gemini: {
    whole: '/v1beta/models/{model}:generateContent',
    stream: '/v1beta/models/{model}:streamGenerateContent',
    query: '?alt=sse',
  },
};

/** Another protocol than the client's, or another model: the request is put into the upstream's words, the answer into the client's. */
export class ConvertedCall implements Call {
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly query: string;
  readonly headers: string[];
  readonly body: Buffer;
  readonly isConverted = true;
  readonly isKept = false;
  readonly losses: readonly Loss[];
  readonly answerType: string;
  readonly #conversion: Conversion;

  /** @throws RelayError invalid_request with the field that the upstream's protocol cannot carry */
  constructor(request: PlannedRequest, hold: Hold, candidate: Candidate, protocol: Protocol) {
    const neutral = neutralFor(request, hold, candidate, protocol);
    const from = codecOf(protocol);
    const target = targetFor(candidate, protocol);
    const rendered = from.renderRequest(neutral, target);
    const { exchange, head, route } = request;
    const place = endpoints[protocol];
    this.protocol = protocol;
    this.endpoint = neutral.stream ? place.stream : place.whole;
    this.query = neutral.stream ? place.query : '';
    this.headers = headersFor(target.origin, neutral.stream);
    const betas = exchange.request.headers['anthropic-beta'];
    // Fields that the client's own protocol has only with a word for them.
    if (protocol === route.protocol && betas !== undefined) this.headers.push('anthropic-beta', String(betas));
    this.body = Buffer.from(rendered.value);
    this.losses = [...readingLosses(request), ...rendered.losses];
    this.answerType = neutral.stream ? eventStream : 'application/json; charset=utf-8';
    this.#conversion = {
      from,
      origin: target.origin,
      to: codecOf(route.protocol),
      isArray: route.endpoint.endsWith(':streamGenerateContent') && !neutral.stream,
      context: {
        requestId: exchange.requestId,
        model: candidate.model.id,
        provider: isOther(request, candidate) ? candidate.channel.provider : undefined,
        createdAtSeconds: Math.floor(exchange.createdAtMs / 1_000),
        promptTokens: likelyPromptTokens(head.promptBytes),
        includeUsage: head.includeUsage,
        request: neutral,
      },
    };
  }

  takeIn(type: string): AnswerBody | string {
    const { stream } = this.#conversion.context.request;
    if (type.startsWith('text/event-stream') && stream) return new StreamBody(createStreamConverter(this.#conversion));
    if (type.includes('json')) return new ConvertedBody(this.#conversion);
    return wrongContentType(type);
  }
}

/** Whether the model is another than the one asked for. */
function isOther({ plan }: PlannedRequest, { model }: Candidate): boolean {
  return model !== plan.model;
}

/** The request as this candidate may see it. Between two sides of one protocol it is only converted because the model is another. */
function neutralFor(request: PlannedRequest, hold: Hold, candidate: Candidate, protocol: Protocol): NeutralRequest {
  const neutral = neutralOf(request, hold);
  if (!isOther(request, candidate) || protocol !== request.route.protocol) return neutral;
  refuseUnwritable(neutral);
  return forOtherModel(neutral, request.plan.model.id);
}

/** Nothing of the client's: its headers are for another protocol. */
function headersFor({ protocol, model }: Target['origin'], stream: boolean): string[] {
  const headers = ['content-type', 'application/json', 'accept', stream ? 'text/event-stream' : 'application/json'];
  headers.push('accept-encoding', 'identity', 'user-agent', 'ai-bridge');
  if (protocol === 'anthropic-messages') headers.push('anthropic-version', anthropicVersion(model));
  return headers;
}
