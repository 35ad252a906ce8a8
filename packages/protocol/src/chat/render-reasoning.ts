import { type Effort, effortOfBudget, efforts, type NeutralRequest } from '../neutral/request.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';

type Fields = Readonly<Record<string, unknown>>;

const path = 'reasoning.effort';

/** The fields that say how much to reason, in the words of the model's vendor. */
export function renderReasoning(request: NeutralRequest, rules: ModelRules, losses: Losses): Fields {
  const wanted = wantedEffort(request, rules, losses);
  if (rules.toolsForbidReasoning && request.tools.some((tool) => tool.kind === 'function')) {
    if ((wanted ?? rules.defaultEffort) !== 'none')
      losses.add(path, 'this model does not reason while it has tools, but on the Responses API');
    return { reasoning_effort: 'none' };
  }
  if (wanted === undefined) return {};
  return wanted === 'none' ? withoutReasoning(rules, losses) : withReasoning(wanted, request, rules, losses);
}

/** Whether the model will reason, as far as it is known: some fields are refused then. */
export function willReason(rendered: Fields, rules: ModelRules): boolean {
  const effort = rendered['reasoning_effort'] ?? rules.defaultEffort;
  return rules.reasons && effort !== 'none';
}

function wantedEffort({ reasoning }: NeutralRequest, rules: ModelRules, losses: Losses): Effort | undefined {
  if (reasoning?.effort !== undefined) return reasoning.effort;
  const budget = reasoning?.budgetTokens;
  if (budget === undefined) return undefined;
  if (!rules.isUnknown) return effortOfBudget(budget);
  losses.add('reasoning.budget_tokens', 'it is not known whether this model takes a budget');
  return undefined;
}

function withoutReasoning(rules: ModelRules, losses: Losses): Fields {
  if (!rules.reasons) return {};
  if (rules.thinkingOff) return rules.thinkingOff;
  const [least] = rules.efforts;
  if (least !== 'none') losses.add(path, 'this model cannot be kept from reasoning');
  return least === undefined ? {} : { reasoning_effort: least };
}

function withReasoning(wanted: Effort, { reasoning }: NeutralRequest, rules: ModelRules, losses: Losses): Fields {
  const budget = reasoning?.budgetTokens ?? 0;
  const isLeftToModel = reasoning?.effort === undefined && budget < 0;
  if (isLeftToModel && (rules.thinkingOn || rules.defaultEffort !== 'none')) return rules.thinkingOn ?? {};
  if (rules.takesThinkingBudget && budget > 0) return { ...rules.thinkingOn, thinking_budget: budget };
  const nearest = nearestEffort(wanted, rules.efforts);
  if (nearest === undefined) {
    if (reasoning?.effort !== undefined || !rules.thinkingOn) losses.add(path, 'this model takes no reasoning effort');
    return rules.thinkingOn ?? {};
  }
  if (nearest !== wanted) losses.add(path, `this model takes ${nearest} instead of ${wanted}`);
  return { ...rules.thinkingOn, reasoning_effort: nearest };
}

/** The level that is the fewest steps away, the higher one of two; none at all is never near. */
function nearestEffort(wanted: Effort, levels: readonly Effort[]): Effort | undefined {
  let nearest: Effort | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const level of levels) {
    const steps = Math.abs(efforts.indexOf(level) - efforts.indexOf(wanted));
    if (level === 'none' || steps > fewest) continue;
    nearest = level;
    fewest = steps;
  }
  return nearest;
}
