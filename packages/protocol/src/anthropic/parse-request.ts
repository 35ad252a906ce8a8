import { type Protocol, RelayError } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';
import type { Carried } from '../neutral/codec.ts';
import type { TextPart } from '../neutral/parts.ts';
import type { NeutralRequest, Sampling, Turn } from '../neutral/request.ts';
import { checkModel } from '../request/fields.ts';
import { readCacheMark } from './cache-marks.ts';
import { ExactInputs } from './exact-input.ts';
import {
  badField,
  objectAt,
  optionalArray,
  optionalFlag,
  optionalNumber,
  optionalObject,
  optionalText,
  optionalTexts,
  otherFields,
  requiredText,
} from './fields.ts';
import { LossList } from './loss-list.ts';
import { parseContent, type Reading } from './parse-content.ts';
import { parseOutput } from './parse-output.ts';
import { parseToolChoice, parseTools } from './parse-tools.ts';

const protocol: Protocol = 'anthropic-messages';

/** Top-level fields that are neutral by name. The rest are extras. */
const neutralFields = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'stream',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'service_tier',
  'cache_control',
]);
const turnFields = new Set(['role', 'content']);
const userFields = new Set(['user_id']);

/**
 * A request to /v1/messages. A missing max_tokens is taken as not said, so that the body of a token count can be read too.
 *
 * Extras are always there, if empty: they tell the client's protocol. They have the paths of their fields as names: `container`, `metadata.x`, `output_config.task_budget`.
 *
 * @throws RelayError invalid_request
 */
export function parseRequest(body: Buffer): Carried<NeutralRequest> {
  const text = body.toString();
  const root = parseRoot(text);
  const losses = new LossList();
  const reading: Reading = { losses, inputs: new ExactInputs(text) };
  const output = parseOutput(root);
  const metadata = optionalObject(root, 'metadata', '') ?? {};
  const fields = {
    ...otherFields(root, neutralFields),
    ...prefixed('metadata', otherFields(metadata, userFields)),
    ...output.extras,
  };
  const value: NeutralRequest = {
    model: checkModel(requiredText(root, 'model', '')),
    stream: optionalFlag(root, 'stream', '') ?? false,
    system: parseSystem(root['system'], reading),
    turns: parseTurns(optionalArray(root, 'messages', ''), reading),
    tools: parseTools(optionalArray(root, 'tools', '') ?? []),
    ...parseToolChoice(optionalObject(root, 'tool_choice', '')),
    maxOutputTokens: optionalNumber(root, 'max_tokens'),
    sampling: parseSampling(root),
    reasoning: output.reasoning,
    format: output.format,
    user: optionalText(metadata, 'user_id', 'metadata.'),
    serviceTier: optionalText(root, 'service_tier', ''),
    cache: readCacheMark(root, ''),
    extras: { protocol, fields },
  };
  return { value, losses: losses.all() };
}

function parseRoot(text: string): JsonObject {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    throw new RelayError('invalid_request', { reason: 'the body is not valid JSON' });
  }
  const object = asObject(root);
  if (!object) throw new RelayError('invalid_request', { reason: 'the body must be one JSON object' });
  return object;
}

function prefixed(prefix: string, fields: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([key, value]) => [`${prefix}.${key}`, value]));
}

function parseSystem(system: unknown, reading: Reading): readonly TextPart[] {
  if (system === undefined || system === null) return [];
  return parseContent(system, ['system'], reading).map((part, index) => {
    if (part.kind === 'text') return part;
    throw badField(`system.${index}.type`, 'must be text');
  });
}

function parseTurns(messages: readonly unknown[] | undefined, reading: Reading): readonly Turn[] {
  if (!messages) throw badField('messages', 'is required');
  return messages.map((entry, index) => {
    const path = `messages.${index}`;
    const message = objectAt(entry, path);
    const role = requiredText(message, 'role', `${path}.`);
    if (role !== 'user' && role !== 'assistant' && role !== 'system') {
      throw badField(`${path}.role`, 'must be user, assistant or system');
    }
    for (const key of Object.keys(otherFields(message, turnFields) ?? {})) {
      reading.losses.add(`${path}.${key}`, 'cannot be translated');
    }
    return { role, parts: parseContent(message['content'], ['messages', index, 'content'], reading) };
  });
}

function parseSampling(root: JsonObject): Sampling {
  return {
    temperature: optionalNumber(root, 'temperature'),
    topP: optionalNumber(root, 'top_p'),
    topK: optionalNumber(root, 'top_k'),
    stop: optionalTexts(root, 'stop_sequences', ''),
  };
}
