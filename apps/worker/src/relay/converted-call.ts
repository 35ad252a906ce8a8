import type { Loss, Protocol } from '@ai-bridge/domain';
import { anthropicVersion, type Conversion, codecOf, createStreamConverter, type Target } from '@ai-bridge/protocol';
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

/** Another protocol than the client's: the request is put into the upstream's words, the answer into the client's. */
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
    const neutral = neutralOf(request, hold);
    const from = codecOf(protocol);
    const target = targetFor(candidate, protocol);
    const rendered = from.renderRequest(neutral, target);
    const { exchange, head, route } = request;
    const place = endpoints[protocol];
    this.protocol = protocol;
    this.endpoint = neutral.stream ? place.stream : place.whole;
    this.query = neutral.stream ? place.query : '';
    this.headers = headersFor(target.origin, neutral.stream);
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

/** Nothing of the client's: its headers are for another protocol. */
function headersFor({ protocol, model }: Target['origin'], stream: boolean): string[] {
  const headers = ['content-type', 'application/json', 'accept', stream ? 'text/event-stream' : 'application/json'];
  headers.push('accept-encoding', 'identity', 'user-agent', 'ai-bridge');
  if (protocol === 'anthropic-messages') headers.push('anthropic-version', anthropicVersion(model));
  return headers;
}
