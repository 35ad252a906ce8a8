import type { Usage } from '@ai-bridge/domain';
import type { JsonObject } from '../json/parse.ts';
import { knownUsage, sumKnown, tokenCount } from './count.ts';

/** The prompt count includes what was cached; the candidates' count leaves thoughts out, except where the total says otherwise. */
export function readGeminiUsage(metadata: JsonObject): Usage | undefined {
  const prompt = tokenCount(metadata['promptTokenCount']);
  const cacheRead = tokenCount(metadata['cachedContentTokenCount']);
  const toolUse = tokenCount(metadata['toolUsePromptTokenCount']);
  const uncached = prompt !== undefined && (cacheRead ?? 0) <= prompt ? prompt - (cacheRead ?? 0) : prompt;
  return knownUsage({ input: sumKnown(uncached, toolUse), cacheRead, ...outputOf(metadata, prompt, toolUse) });
}

function outputOf(
  metadata: JsonObject,
  prompt: number | undefined,
  toolUse: number | undefined,
): Pick<Usage, 'output' | 'reasoning'> {
  const candidates = tokenCount(metadata['candidatesTokenCount']);
  const thoughts = tokenCount(metadata['thoughtsTokenCount']);
  const total = tokenCount(metadata['totalTokenCount']);
  const thoughtsInside =
    candidates !== undefined && total !== undefined && sumKnown(sumKnown(prompt, toolUse), candidates) === total;
  const output = thoughtsInside ? candidates : sumKnown(candidates, thoughts);
  return { output, reasoning: thoughts === undefined ? undefined : Math.min(thoughts, output ?? thoughts) };
}
