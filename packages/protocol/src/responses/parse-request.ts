import { type JsonObject, parseObject } from '../json/parse.ts';
import type { Carried } from '../neutral/codec.ts';
import type { TextPart } from '../neutral/parts.ts';
import { efforts, type NeutralRequest, type OutputFormat, type Reasoning } from '../neutral/request.ts';
import { checkModel } from '../request/fields.ts';
import { flagField, invalid, numberField, objectField, requiredText, restOf, textField } from './fields.ts';
import { parseItems } from './parse-items.ts';
import { parseToolChoice, parseTools } from './parse-tools.ts';

const protocol = 'openai-responses';

/** Fields that are told by neutral names alone; all others are kept as they came. */
const neutralFields = new Set([
  'model',
  'input',
  'stream',
  'tools',
  'parallel_tool_calls',
  'max_output_tokens',
  'temperature',
  'top_p',
  'reasoning',
  'text',
  'safety_identifier',
  'prompt_cache_key',
  'service_tier',
]);
const neutralReasoning = new Set(['effort', 'summary', 'generate_summary']);
const neutralText = new Set(['format', 'verbosity']);

/** A request to POST /v1/responses; see parseRequest of Codec. */
export function parseRequest(body: Buffer): Carried<NeutralRequest> {
  const root = parseObject(body);
  if (!root) throw invalid('', 'the body must be a JSON object');
  const { system, turns } = parseItems(root['input'] ?? []);
  const value: NeutralRequest = {
    model: checkModel(requiredText(root, 'model', '')),
    stream: flagField(root, 'stream') ?? false,
    system: [...instructionsOf(root), ...system],
    turns,
    tools: parseTools(root),
    toolChoice: parseToolChoice(root['tool_choice']),
    parallelToolCalls: flagField(root, 'parallel_tool_calls'),
    maxOutputTokens: outputCap(root),
    sampling: { temperature: numberField(root, 'temperature'), topP: numberField(root, 'top_p') },
    reasoning: reasoningOf(root),
    format: formatOf(root),
    verbosity: textField(objectField(root, 'text') ?? {}, 'verbosity', 'text.'),
    user: textField(root, 'safety_identifier') ?? textField(root, 'user'),
    promptCacheKey: textField(root, 'prompt_cache_key'),
    serviceTier: textField(root, 'service_tier'),
    extras: { protocol, fields: extraFields(root) },
  };
  return { value, losses: [] };
}

function instructionsOf(root: JsonObject): TextPart[] {
  const text = textField(root, 'instructions');
  return text ? [{ kind: 'text', text }] : [];
}

function outputCap(root: JsonObject): number | undefined {
  const cap = numberField(root, 'max_output_tokens');
  if (cap !== undefined && (!Number.isInteger(cap) || cap < 1)) {
    throw invalid('max_output_tokens', 'must be a whole number of at least 1');
  }
  return cap;
}

/** `generate_summary` is the former name of `summary`. */
function summaryOf(reasoning: JsonObject): string | undefined {
  return textField(reasoning, 'summary', 'reasoning.') ?? textField(reasoning, 'generate_summary', 'reasoning.');
}

function reasoningOf(root: JsonObject): Reasoning | undefined {
  const reasoning = objectField(root, 'reasoning');
  if (!reasoning) return undefined;
  const wanted = textField(reasoning, 'effort', 'reasoning.');
  const effort = efforts.find((known) => known === wanted);
  const summary = summaryOf(reasoning);
  const isShown = summary === undefined ? undefined : summary !== 'none';
  return effort === undefined && isShown === undefined ? undefined : { effort, isShown };
}

function formatOf(root: JsonObject): OutputFormat | undefined {
  const format = objectField(objectField(root, 'text') ?? {}, 'format', 'text.');
  switch (format?.['type']) {
    case undefined:
    case 'text':
      return undefined;
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema':
      return schemaFormat(format);
    default:
      throw invalid('text.format.type', 'must be text, json_object or json_schema');
  }
}

function schemaFormat(format: JsonObject): OutputFormat {
  const schema = objectField(format, 'schema', 'text.format.');
  if (!schema) throw invalid('text.format.schema', 'is required');
  return {
    kind: 'schema',
    name: textField(format, 'name', 'text.format.'),
    description: textField(format, 'description', 'text.format.'),
    schema,
    isStrict: flagField(format, 'strict', 'text.format.'),
  };
}

/**
 * Everything without a neutral name, nested fields by their path. `instructions`, `user` and a choice of one tool are neutral too: they are
 * kept because their neutral form does not tell them from a developer message, a safety identifier, and a choice of other detail.
 */
function extraFields(root: JsonObject): Record<string, unknown> {
  const fields = restOf(root, neutralFields) ?? {};
  if (typeof fields['tool_choice'] === 'string') delete fields['tool_choice'];
  const reasoning = objectField(root, 'reasoning') ?? {};
  addNested(fields, 'reasoning', reasoning, neutralReasoning);
  const effort = reasoning['effort'];
  if (typeof effort === 'string' && !efforts.some((known) => known === effort)) fields['reasoning.effort'] = effort;
  const summary = summaryOf(reasoning);
  if (summary !== undefined && summary !== 'auto') fields['reasoning.summary'] = summary;
  addNested(fields, 'text', objectField(root, 'text') ?? {}, neutralText);
  return fields;
}

function addNested(
  fields: Record<string, unknown>,
  name: string,
  object: JsonObject,
  known: ReadonlySet<string>,
): void {
  for (const [inner, value] of Object.entries(restOf(object, known) ?? {})) fields[`${name}.${inner}`] = value;
}
