import { budgetOfEffort, type Effort, effortOfBudget, type Reasoning } from '../neutral/request.ts';
import type { Losses } from './losses.ts';
import type { ThinkingControl, ThinkingLevel } from './model-rules.ts';

const path = 'reasoning';

/** `thinkingConfig` for what the client wants of reasoning; undefined where the model's own way is it. Level and budget never stand together. */
export function renderThinking(
  reasoning: Reasoning | undefined,
  control: ThinkingControl,
  losses: Losses,
): Record<string, unknown> | undefined {
  if (!reasoning) return undefined;
  if (control.kind === 'none') {
    if (wantsThinking(reasoning)) losses.add(path, 'this model does not think');
    return undefined;
  }
  const amount =
    control.kind === 'level' ? levelFor(reasoning, control.levels, losses) : budgetFor(reasoning, control, losses);
  // Asking to see thoughts where there are none is an error.
  const isOff = amount['thinkingBudget'] === 0;
  const config = {
    ...amount,
    ...(reasoning.isShown !== undefined && !isOff && { includeThoughts: reasoning.isShown }),
  };
  return Object.keys(config).length === 0 ? undefined : config;
}

function wantsThinking({ effort, budgetTokens, isShown }: Reasoning): boolean {
  return (
    (effort !== undefined && effort !== 'none') ||
    (budgetTokens !== undefined && budgetTokens !== 0) ||
    isShown === true
  );
}

const wantedLevels: Record<Effort, ThinkingLevel> = {
  none: 'MINIMAL',
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH',
  max: 'HIGH',
};

function levelFor(
  { effort, budgetTokens }: Reasoning,
  levels: readonly ThinkingLevel[],
  losses: Losses,
): Record<string, unknown> {
  // A budget that the model may choose is what it does anyway.
  if (effort === undefined && (budgetTokens === undefined || budgetTokens < 0)) return {};
  const wantedEffort = effort ?? effortOfBudget(budgetTokens ?? 0);
  const wanted = wantedLevels[wantedEffort];
  const level = levels.includes(wanted) ? wanted : wanted === 'MINIMAL' ? 'LOW' : 'HIGH';
  if (wantedEffort !== level.toLowerCase()) {
    losses.add(`${path}.effort`, `this model has no level ${wantedEffort}: it gets ${level}`);
  }
  return { thinkingLevel: level };
}

function budgetFor(
  { effort, budgetTokens }: Reasoning,
  { min, max, canBeOff }: Extract<ThinkingControl, { kind: 'budget' }>,
  losses: Losses,
): Record<string, unknown> {
  const wanted = budgetTokens ?? (effort && budgetOfEffort(effort));
  if (wanted === undefined) return {};
  if (wanted < 0) return { thinkingBudget: -1 };
  if (wanted === 0 && canBeOff) return { thinkingBudget: 0 };
  const thinkingBudget = Math.min(Math.max(wanted, min), max);
  if (wanted === 0 || (budgetTokens !== undefined && thinkingBudget !== wanted)) {
    losses.add(`${path}.budget_tokens`, `this model thinks with ${min} to ${max} tokens: it gets ${thinkingBudget}`);
  }
  return { thinkingBudget };
}
