import { asObject, type JsonObject } from '../json/parse.ts';
import type { Carried } from '../neutral/codec.ts';
import type { NeutralRequest, OutputFormat, Sampling } from '../neutral/request.ts';
import { checkModel } from '../request/fields.ts';
import { Losses } from './losses.ts';
import { parseMessages } from './parse-messages.ts';
import { parseReasoning, reasoningFields } from './parse-reasoning.ts';
import { parseToolChoice, parseTools } from './parse-tools.ts';
import { arrayAt, bad, optionalFlag, optionalNumber, optionalObject, optionalText, textAt } from './read.ts';

/** Fields that become something neutral. All others are extras. */
const neutralFields = new Set([
  ...['model', 'messages', 'stream', 'stream_options', 'tools', 'functions', 'web_search_options', 'function_call'],
  ...['parallel_tool_calls', 'max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'top_k', 'stop', 'seed'],
  ...['presence_penalty', 'frequency_penalty', 'logit_bias', 'verbosity', 'user', 'safety_identifier'],
  ...['prompt_cache_key', 'service_tier', ...reasoningFields],
]);

/** Where the extras keep the `name` of messages, by the index of their turn: it has no neutral place. */
export const namesField = 'messages.name';

/** @throws RelayError invalid_request with the path of a field that is malformed */
export function parseChatRequest(body: Buffer): Carried<NeutralRequest> {
  const fields = readBody(body);
  const losses = new Losses();
  const { system, turns, names } = parseMessages(fields['messages'], losses);
  const choice = parseToolChoice(fields);
  const format = parseFormat(fields['response_format']);
  const extras = extrasOf(fields, choice === 'unknown', format === 'unknown', names);
  const value: NeutralRequest = {
    model: checkModel(textAt(fields['model'], 'model')),
    stream: optionalFlag(fields['stream'], 'stream') ?? false,
    system,
    turns,
    tools: parseTools(fields),
    toolChoice: choice === 'unknown' ? undefined : choice,
    parallelToolCalls: optionalFlag(fields['parallel_tool_calls'], 'parallel_tool_calls'),
    maxOutputTokens:
      optionalNumber(fields['max_completion_tokens'], 'max_completion_tokens') ??
      optionalNumber(fields['max_tokens'], 'max_tokens'),
    sampling: parseSampling(fields),
    reasoning: parseReasoning(fields),
    format: format === 'unknown' ? undefined : format,
    verbosity: optionalText(fields['verbosity'], 'verbosity'),
    user: optionalText(fields['safety_identifier'], 'safety_identifier') ?? optionalText(fields['user'], 'user'),
    promptCacheKey: optionalText(fields['prompt_cache_key'], 'prompt_cache_key'),
    serviceTier: optionalText(fields['service_tier'], 'service_tier'),
    extras,
  };
  return { value, losses: losses.list() };
}

function readBody(body: Buffer): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    throw bad('body', 'is not valid JSON');
  }
  const fields = asObject(parsed);
  if (!fields) throw bad('body', 'must be a JSON object');
  return fields;
}

function parseSampling(fields: JsonObject): Sampling {
  return {
    temperature: optionalNumber(fields['temperature'], 'temperature'),
    topP: optionalNumber(fields['top_p'], 'top_p'),
    topK: optionalNumber(fields['top_k'], 'top_k'),
    stop: parseStop(fields['stop']),
    presencePenalty: optionalNumber(fields['presence_penalty'], 'presence_penalty'),
    frequencyPenalty: optionalNumber(fields['frequency_penalty'], 'frequency_penalty'),
    seed: optionalNumber(fields['seed'], 'seed'),
    logitBias: parseLogitBias(fields['logit_bias']),
  };
}

function parseStop(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return [value];
  return arrayAt(value, 'stop').map((entry, index) => textAt(entry, `stop.${index}`));
}

function parseLogitBias(value: unknown): Record<string, number> | undefined {
  const bias = optionalObject(value, 'logit_bias');
  if (!bias) return undefined;
  for (const [token, weight] of Object.entries(bias)) {
    if (typeof weight !== 'number') throw bad(`logit_bias.${token}`, 'must be a number');
  }
  return bias as Record<string, number>;
}

function parseFormat(value: unknown): OutputFormat | 'unknown' | undefined {
  const format = optionalObject(value, 'response_format');
  if (!format || format['type'] === 'text') return undefined;
  if (format['type'] === 'json_object') return { kind: 'json' };
  if (format['type'] !== 'json_schema') return 'unknown';
  const path = 'response_format.json_schema';
  const wanted = optionalObject(format['json_schema'], path) ?? {};
  return {
    kind: 'schema',
    name: optionalText(wanted['name'], `${path}.name`),
    description: optionalText(wanted['description'], `${path}.description`),
    schema: optionalObject(wanted['schema'], `${path}.schema`) ?? {},
    isStrict: optionalFlag(wanted['strict'], `${path}.strict`),
  };
}

function extrasOf(
  fields: JsonObject,
  keepsChoice: boolean,
  keepsFormat: boolean,
  names: Readonly<Record<string, string>>,
): NeutralRequest['extras'] {
  const extras: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (neutralFields.has(name) || value === null) continue;
    if (name === 'tool_choice' ? !keepsChoice : name === 'response_format' && !keepsFormat) continue;
    extras[name] = value;
  }
  if (fields['safety_identifier'] && fields['user']) extras['user'] = fields['user'];
  if (Object.keys(names).length > 0) extras[namesField] = names;
  return Object.keys(extras).length === 0 ? undefined : { protocol: 'openai-chat', fields: extras };
}
