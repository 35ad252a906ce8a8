import type { JsonObject } from '../json/parse.ts';
import type { Target } from '../neutral/codec.ts';
import type { NeutralRequest, OutputFormat, Sampling } from '../neutral/request.ts';
import { bad } from './fields.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { Growth, repairSchema } from './schema.ts';
import { renderThinking } from './thinking.ts';

const maxStopSequences = 5;
const maxSeed = 2 ** 31 - 1;

/** `generationConfig` as far as it has neutral names. */
export function renderConfig(request: NeutralRequest, rules: ModelRules, target: Target, losses: Losses): JsonObject {
  const thinkingConfig = renderThinking(request.reasoning, rules.thinking, losses);
  const maxOutputTokens = outputCap(request.maxOutputTokens, target.maxOutputTokens, losses);
  return {
    ...samplingOf(request.sampling, losses),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(thinkingConfig && { thinkingConfig }),
    ...(request.format && formatOf(request.format, losses)),
  };
}

/** More than the model can put out is an error there. Thoughts count inside it: the client's number stays the client's. */
function outputCap(wanted: number | undefined, most: number | undefined, losses: Losses): number | undefined {
  if (wanted === undefined || most === undefined || wanted <= most) return wanted;
  losses.add('max_tokens', `this model puts out at most ${most} tokens`);
  return most;
}

function samplingOf(sampling: Sampling, losses: Losses): JsonObject {
  const { temperature, topP, topK, stop, seed } = sampling;
  if (stop && stop.length > maxStopSequences)
    throw bad('stop', `must be at most ${maxStopSequences} for this provider`);
  if (sampling.logitBias && Object.keys(sampling.logitBias).length > 0) {
    losses.add('logit_bias', 'the provider has no such field');
  }
  const isSeed = seed !== undefined && Math.abs(seed) <= maxSeed;
  if (seed !== undefined && !isSeed) losses.add('seed', 'the provider takes seeds of 32 bits only');
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop && stop.length > 0 && { stopSequences: stop }),
    // Several models refuse penalties altogether, and zero is none.
    ...(sampling.presencePenalty && { presencePenalty: sampling.presencePenalty }),
    ...(sampling.frequencyPenalty && { frequencyPenalty: sampling.frequencyPenalty }),
    ...(isSeed && { seed }),
  };
}

/** Gemini's schemas have no name, and are always obeyed. */
function formatOf(format: OutputFormat, losses: Losses): JsonObject {
  if (format.kind === 'json') return { responseMimeType: 'application/json' };
  const use = { path: 'response_format.schema', isStrict: format.isStrict !== false, growth: new Growth() };
  const schema = repairSchema(format.schema, use, losses);
  const description = schema['description'] ?? format.description;
  return {
    responseMimeType: 'application/json',
    responseJsonSchema: { ...schema, ...(description !== undefined && { description }) },
  };
}
