import { createHash } from 'node:crypto';
import type { Carried, Target } from '../neutral/codec.ts';
import { foreignExtras } from '../neutral/foreign.ts';
import type { NeutralRequest, OutputFormat } from '../neutral/request.ts';
import { Losses } from './losses.ts';
import { type ModelRules, modelRules } from './model-rules.ts';
import { namesField } from './parse-request.ts';
import { bad } from './read.ts';
import { renderMessages } from './render-messages.ts';
import { renderReasoning, willReason } from './render-reasoning.ts';
import { renderSampling } from './render-sampling.ts';
import { renderTools } from './render-tools.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The longest texts that OpenAI takes as safety_identifier and prompt_cache_key. */
const longestUser = 128;
const longestCacheKey = 64;

const serviceTiers = new Set(['auto', 'default', 'flex', 'scale', 'priority', 'fast']);

/** @throws RelayError invalid_request with the path of what cannot be said without changing the answer's meaning */
export function renderChatRequest(request: NeutralRequest, target: Target): Carried<string> {
  const { origin } = target;
  const rules = modelRules(origin.model);
  const losses = new Losses();
  const reasoning = renderReasoning(request, rules, losses);
  const format = renderFormat(request.format, rules, losses);
  const body = {
    model: origin.model,
    messages: renderMessages(request, origin, rules, losses, format.instruction),
    ...renderTools(request, rules, losses),
    [rules.outputCap]: outputCap(request.maxOutputTokens, target, losses),
    ...reasoning,
    ...renderSampling(request, rules, willReason(reasoning, rules), losses),
    response_format: format.responseFormat,
    ...renderHints(request, rules, losses),
    ...rules.always,
    ...ownExtras(request),
    stream: request.stream || undefined,
    stream_options: request.stream ? { include_usage: true } : undefined,
  };
  for (const { path, reason } of foreignExtras(request, 'openai-chat')) losses.add(path, `${reason}: ${path}`);
  return { value: JSON.stringify(body), losses: losses.list() };
}

function outputCap(wanted: number | undefined, { maxOutputTokens: most }: Target, losses: Losses): number | undefined {
  if (wanted === 0) throw bad('max_tokens', 'must be at least 1: the provider cannot warm a cache without an answer');
  if (wanted === undefined || most === undefined || wanted <= most) return wanted;
  losses.add('max_tokens', `this model puts out no more than ${most} tokens`);
  return most;
}

interface RenderedFormat {
  readonly responseFormat: Fields | undefined;
  /** What the model has to be told where the upstream does not see to it. */
  readonly instruction: string;
}

function renderFormat(format: OutputFormat | undefined, rules: ModelRules, losses: Losses): RenderedFormat {
  if (!format) return { responseFormat: undefined, instruction: '' };
  if (format.kind === 'json') return { responseFormat: { type: 'json_object' }, instruction: '' };
  const { name, description, schema, isStrict } = format;
  if (rules.takesSchemas) {
    const json_schema = { name: name ?? 'response', description, schema, strict: isStrict };
    return { responseFormat: { type: 'json_schema', json_schema }, instruction: '' };
  }
  losses.add('response_format', 'the schema of the answer is told to the model, not enforced');
  const instruction = `Answer with one JSON object that follows this JSON Schema:\n${JSON.stringify(schema)}`;
  return { responseFormat: { type: 'json_object' }, instruction };
}

/** Fields that change no answer, each where the vendor knows it. */
function renderHints(request: NeutralRequest, rules: ModelRules, losses: Losses): Fields {
  const { verbosity, user, promptCacheKey, cache } = request;
  if (cache) losses.add('cache_control', 'the provider caches whole requests by itself');
  if (verbosity !== undefined && !rules.takesVerbosity) losses.add('verbosity', 'this model takes no verbosity');
  if (promptCacheKey !== undefined && !rules.takesCacheKey) {
    losses.add('prompt_cache_key', 'this provider takes no prompt_cache_key');
  }
  return {
    verbosity: rules.takesVerbosity ? verbosity : undefined,
    [rules.isOpenAi ? 'safety_identifier' : 'user']: user && shortened(user, longestUser),
    prompt_cache_key: rules.takesCacheKey && promptCacheKey ? shortened(promptCacheKey, longestCacheKey) : undefined,
    service_tier: renderTier(request.serviceTier, rules, losses),
  };
}

function renderTier(wanted: string | undefined, rules: ModelRules, losses: Losses): string | undefined {
  if (wanted === undefined) return undefined;
  // Anthropic's word for what OpenAI calls the default.
  const tier = wanted === 'standard_only' ? 'default' : wanted;
  if (rules.takesServiceTier && serviceTiers.has(tier)) return tier;
  losses.add('service_tier', 'this provider has no such service tier');
  return undefined;
}

/** A text that says who or what, in a length that is taken: the same text always gives the same. */
function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : createHash('sha256').update(text).digest('hex').slice(0, longest);
}

function ownExtras({ extras }: NeutralRequest): Fields {
  if (extras?.protocol !== 'openai-chat') return {};
  const { [namesField]: _names, ...fields } = extras.fields;
  return fields;
}
