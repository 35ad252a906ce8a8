import type { NeutralRequest } from '../neutral/request.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { bad } from './read.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The most stop sequences that the protocol takes. */
const mostStops = 4;

/** Each field by itself is written, or becomes a loss where this model would answer 400 to it. */
export function renderSampling(
  { sampling }: NeutralRequest,
  rules: ModelRules,
  reasons: boolean,
  losses: Losses,
): Fields {
  const { temperature, topP, topK, presencePenalty, frequencyPenalty, seed, logitBias } = sampling;
  const isFree = rules.takesTemperature === 'always' || (rules.takesTemperature === 'without reasoning' && !reasons);
  const kept = <Value>(field: string, value: Value | undefined, isTaken: boolean): Value | undefined => {
    if (value !== undefined && !isTaken) losses.add(field, `this model takes no ${field}`);
    return isTaken ? value : undefined;
  };
  return {
    temperature: kept('temperature', withinRange(temperature, losses), isFree),
    top_p: kept('top_p', topP, isFree),
    top_k: kept('top_k', topK, rules.takesTopK),
    presence_penalty: kept('presence_penalty', presencePenalty, rules.takesPenalties),
    frequency_penalty: kept('frequency_penalty', frequencyPenalty, rules.takesPenalties),
    seed,
    logit_bias: kept('logit_bias', logitBias, rules.takesPenalties),
    stop: renderStop(sampling.stop, rules, losses),
  };
}

function withinRange(temperature: number | undefined, losses: Losses): number | undefined {
  if (temperature === undefined || (temperature >= 0 && temperature <= 2)) return temperature;
  losses.add('temperature', 'must be from 0 to 2 here');
  return Math.min(2, Math.max(0, temperature));
}

function renderStop(
  stop: readonly string[] | undefined,
  rules: ModelRules,
  losses: Losses,
): readonly string[] | undefined {
  if (!stop || stop.length === 0) return undefined;
  if (!rules.takesStop) throw bad('stop', 'this model takes no stop sequences');
  if (stop.length > mostStops) losses.add('stop', `no more than ${mostStops} stop sequences are taken`);
  return stop.slice(0, mostStops);
}
