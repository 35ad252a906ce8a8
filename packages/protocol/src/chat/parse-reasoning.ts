import { asObject, asText, type JsonObject } from '../json/parse.ts';
import { type Effort, efforts, type Reasoning } from '../neutral/request.ts';
import { optionalFlag, optionalNumber } from './read.ts';

/** The fields that say how much to reason, in OpenAI's words and in those of the compatible vendors. */
export const reasoningFields = ['reasoning_effort', 'reasoning', 'thinking', 'enable_thinking', 'thinking_budget'];

/** A client that turns thinking on and says no more leaves the amount to the model. */
const asTheModelLikes = -1;

/**
 * How much the client wants reasoned; undefined where it does not say.
 * @throws RelayError invalid_request with the path of what is malformed
 */
export function parseReasoning(fields: JsonObject): Reasoning | undefined {
  const shared = asObject(fields['reasoning']);
  const isOn = switchOf(fields, shared);
  const effort = effortOf(fields['reasoning_effort']) ?? effortOf(shared?.['effort']);
  const budgetTokens =
    optionalNumber(asObject(fields['thinking'])?.['budget_tokens'], 'thinking.budget_tokens') ??
    optionalNumber(fields['thinking_budget'], 'thinking_budget') ??
    optionalNumber(shared?.['max_tokens'], 'reasoning.max_tokens');
  const isShown = shared?.['exclude'] === true ? false : undefined;
  if (isOn === false) return { effort: 'none', isShown };
  if (effort !== undefined || budgetTokens !== undefined) return { effort, budgetTokens, isShown };
  if (isOn) return { budgetTokens: asTheModelLikes, isShown };
  return isShown === undefined ? undefined : { isShown };
}

function switchOf(fields: JsonObject, shared: JsonObject | undefined): boolean | undefined {
  const type = asText(asObject(fields['thinking'])?.['type']);
  if (type !== undefined) return type !== 'disabled';
  return (
    optionalFlag(fields['enable_thinking'], 'enable_thinking') ?? optionalFlag(shared?.['enabled'], 'reasoning.enabled')
  );
}

/** undefined for words that are no effort (`auto`, `default`): they ask for what happens anyway. */
function effortOf(value: unknown): Effort | undefined {
  return efforts.find((effort) => effort === value);
}
