import { RelayError } from '@ai-bridge/domain';
import { checkModel, type FormField, MultipartReader, multipartBoundary, type RequestHead } from '@ai-bridge/protocol';
import type { Exchange } from '../http/exchange.ts';
import type { RelayRoute } from '../http/routes.ts';

/** What a picture or a sound counts for in a reservation, in bytes of prompt. */
const fileWeightBytes = 6_000;
const maxChoices = 10;

/** A multipart body (sounds to write down, pictures to change) and what the relay needs of it. */
export interface Form {
  readonly head: RequestHead;
  /** Where the model's name stands. */
  readonly model: FormField;
}

/**
 * The form that a request's body is; undefined where it is none. Only the routes under /v1/openai take one.
 * @throws RelayError invalid_request where it is malformed, or names no model
 */
export function readForm({ request }: Exchange, route: RelayRoute, body: Buffer): Form | undefined {
  const type = request.headers['content-type'];
  if (route.answersJson || !type?.toLowerCase().startsWith('multipart/form-data')) return undefined;
  const reader = new MultipartReader(multipartBoundary(type));
  reader.feed(body);
  reader.end();
  const model = reader.field('model');
  if (!model) throw new RelayError('invalid_request', { path: 'model', reason: 'is required' });
  const textBytes = reader.fields.reduce((sum, field) => sum + field.value.length, 0);
  const head: RequestHead = {
    protocol: route.protocol,
    model: checkModel(model.value),
    stream: reader.field('stream')?.value === 'true',
    maxOutputTokens: undefined,
    choices: choicesOf(reader.field('n')),
    includeUsage: true,
    sessionHint: undefined,
    promptBytes: textBytes + reader.files.length * fileWeightBytes,
    askedRates: undefined,
    maySearch: false,
    spans: { top: { span: undefined, bodyStart: 0, isEmpty: false }, outputCaps: [] },
  };
  return { head, model };
}

function choicesOf(field: FormField | undefined): number {
  const choices = field === undefined ? 1 : Number(field.value);
  if (Number.isInteger(choices) && choices >= 1 && choices <= maxChoices) return choices;
  throw new RelayError('invalid_request', { path: 'n', reason: `must be a whole number from 1 to ${maxChoices}` });
}
