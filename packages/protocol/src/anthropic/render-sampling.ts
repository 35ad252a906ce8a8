import type { NeutralRequest } from '../neutral/request.ts';
import type { Writing } from './writing.ts';

const modelReason = 'this model does not take it';
const thinkingReason = 'does not go with thinking';
/** The least top_p that goes with thinking. */
const leastTopPOfThinking = 0.95;

interface WrittenSampling {
  readonly temperature: number | undefined;
  readonly top_p: number | undefined;
  readonly top_k: number | undefined;
  readonly stop_sequences: readonly string[] | undefined;
}

/** The sampling fields that the model takes. Other providers have temperatures up to 2: they are clamped, as 1 means the same everywhere. */
export function renderSampling({ sampling }: NeutralRequest, thinks: boolean, writing: Writing): WrittenSampling {
  const { rules, losses } = writing;
  const { topP, topK } = sampling;
  const stop_sequences = renderStop(sampling.stop, writing);
  if (!rules.takesSampling) {
    if (sampling.temperature !== undefined) losses.add('temperature', modelReason);
    if (topP !== undefined) losses.add('top_p', modelReason);
    if (topK !== undefined) losses.add('top_k', modelReason);
    return { temperature: undefined, top_p: undefined, top_k: undefined, stop_sequences };
  }
  const temperature = renderTemperature(sampling.temperature, thinks, writing);
  const excludesTopP = temperature !== undefined && !rules.takesTemperatureWithTopP;
  if (topP !== undefined && excludesTopP) losses.add('top_p', 'does not go with temperature in this model');
  const isTopPTooLow = thinks && topP !== undefined && topP < leastTopPOfThinking;
  if (isTopPTooLow) losses.add('top_p', thinkingReason);
  if (thinks && topK !== undefined) losses.add('top_k', thinkingReason);
  return {
    temperature,
    top_p: excludesTopP || isTopPTooLow ? undefined : topP,
    top_k: thinks ? undefined : topK,
    stop_sequences,
  };
}

function renderTemperature(temperature: number | undefined, thinks: boolean, { losses }: Writing): number | undefined {
  if (temperature === undefined) return undefined;
  if (thinks && temperature !== 1) {
    losses.add('temperature', thinkingReason);
    return undefined;
  }
  if (temperature > 1) losses.add('temperature', 'the provider takes at most 1');
  return Math.min(temperature, 1);
}

function renderStop(stop: readonly string[] | undefined, { losses }: Writing): readonly string[] | undefined {
  const written = stop?.filter((sequence) => sequence.trim() !== '') ?? [];
  if (stop && written.length < stop.length) losses.add('stop', 'the provider takes no blank stop sequence');
  return written.length > 0 ? written : undefined;
}
