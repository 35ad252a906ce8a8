import { effortOfBudget, type NeutralRequest, type OutputFormat } from '../neutral/request.ts';
import { invalid } from './fields.ts';
import { mayReason, nearestEffort, takesSampling } from './model-rules.ts';
import type { Rendering } from './rendering.ts';

type Body = Record<string, unknown>;

/** OpenAI takes no smaller cap on the output. */
const minOutputTokens = 16;

/** Everything but prompt, tools and what only this protocol has. A client of this protocol is taken at its word, others are fitted. */
export function addOptions(body: Body, rendering: Rendering): void {
  const { request, isOwn } = rendering;
  if (!isOwn) {
    // Nobody would ask for what is stored, and what is sealed has to come back.
    body['store'] = false;
    if (mayReason(rendering.rules)) body['include'] = ['reasoning.encrypted_content'];
  }
  if (request.parallelToolCalls !== undefined && (isOwn || request.tools.length > 0)) {
    body['parallel_tool_calls'] = request.parallelToolCalls;
  }
  addOutputCap(body, rendering);
  addReasoning(body, rendering);
  addSampling(body, rendering);
  addText(body, rendering);
  if (request.promptCacheKey !== undefined) body['prompt_cache_key'] = request.promptCacheKey;
  addServiceTier(body, rendering);
  if (request.cache) rendering.lose('cache_control', 'prompts are cached without being marked');
}

function addOutputCap(body: Body, rendering: Rendering): void {
  const { maxOutputTokens: wanted } = rendering.request;
  if (wanted === undefined) return;
  const most = rendering.target.maxOutputTokens;
  if (rendering.isOwn) {
    body['max_output_tokens'] = wanted;
    return;
  }
  if (wanted === 0) throw invalid('max_tokens', 'the provider cannot be asked for no answer at all');
  const cap = Math.max(minOutputTokens, most === undefined ? wanted : Math.min(wanted, most));
  if (cap !== wanted) rendering.lose('max_tokens', `the model takes ${cap < wanted ? 'at most' : 'at least'} ${cap}`);
  body['max_output_tokens'] = cap;
}

function addReasoning(body: Body, rendering: Rendering): void {
  const { reasoning } = rendering.request;
  if (!reasoning) return;
  const { effort: named, budgetTokens, isShown } = reasoning;
  const wanted = named ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens));
  const summary = isShown ? { summary: 'auto' } : {};
  if (rendering.isOwn) {
    body['reasoning'] = { ...(wanted === undefined ? {} : { effort: wanted }), ...summary };
    return;
  }
  if (!mayReason(rendering.rules)) {
    if (wanted !== 'none') rendering.lose('reasoning', 'this model does not reason');
    return;
  }
  const effort = wanted && nearestEffort(rendering.rules, wanted);
  if (effort !== wanted) rendering.lose('reasoning.effort', `this model has no effort ${wanted}; ${effort} is nearest`);
  if (effort || isShown) body['reasoning'] = { ...(effort ? { effort } : {}), ...summary };
}

function addSampling(body: Body, rendering: Rendering): void {
  const { sampling, reasoning } = rendering.request;
  const { temperature, topP, stop } = sampling;
  if (stop && stop.length > 0) throw invalid('stop', 'the provider has no stop sequences');
  const isTaken = rendering.isOwn || takesSampling(rendering.rules, reasoning?.effort);
  for (const [name, value] of [
    ['temperature', temperature],
    ['top_p', topP],
  ] as const) {
    if (value === undefined) continue;
    if (isTaken) body[name] = value;
    else rendering.lose(name, `this model takes no ${name}`);
  }
  for (const [name, value] of [
    ['top_k', sampling.topK],
    ['presence_penalty', sampling.presencePenalty],
    ['frequency_penalty', sampling.frequencyPenalty],
    ['seed', sampling.seed],
    ['logit_bias', sampling.logitBias],
  ] as const) {
    if (value !== undefined) rendering.lose(name, `the provider has no ${name}`);
  }
}

function addText(body: Body, { request, isOwn }: Rendering): void {
  const text = textOf(request, isOwn);
  if (text) body['text'] = text;
}

/** The `text` object; undefined where the client did not say how the text shall be. */
export function textOf({ format, verbosity }: NeutralRequest, isOwn: boolean): Body | undefined {
  if (!format && verbosity === undefined) return undefined;
  return {
    ...(format ? { format: formatOf(format, isOwn) } : {}),
    ...(verbosity === undefined ? {} : { verbosity }),
  };
}

/** The name is required, and other protocols have none. */
function formatOf(format: OutputFormat, isOwn: boolean): Body {
  if (format.kind === 'json') return { type: 'json_object' };
  const strict = isOwn ? format.isStrict : format.isStrict === true;
  return {
    type: 'json_schema',
    name: format.name ?? 'response',
    ...(format.description === undefined ? {} : { description: format.description }),
    schema: format.schema,
    ...(strict === undefined ? {} : { strict }),
  };
}

/** Other protocols' words for the tiers that OpenAI has too. */
const tiers: Readonly<Record<string, string>> = {
  auto: 'auto',
  default: 'default',
  standard: 'default',
  standard_only: 'default',
  flex: 'flex',
  scale: 'scale',
  priority: 'priority',
  fast: 'fast',
};

function addServiceTier(body: Body, rendering: Rendering): void {
  const { serviceTier } = rendering.request;
  if (serviceTier === undefined) return;
  const tier = rendering.isOwn ? serviceTier : tiers[serviceTier.toLowerCase()];
  if (tier) body['service_tier'] = tier;
  else rendering.lose('service_tier', `the provider has no tier ${serviceTier.slice(0, 40)}`);
}
