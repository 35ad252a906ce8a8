import { asObject } from '../json/parse.ts';
import {
  budgetOfEffort,
  type Effort,
  effortOfBudget,
  efforts,
  type NeutralRequest,
  type Reasoning,
} from '../neutral/request.ts';
import type { LossList } from './loss-list.ts';
import type { ModelRules, ThinkingType } from './model-rules.ts';

/** The upstream refuses less. */
const leastBudgetTokens = 1_024;

/** What the client asked for, in Anthropic's words, before the model is looked at. */
interface ThinkingWish {
  readonly type: ThinkingType | undefined;
  readonly budgetTokens?: number | undefined;
  readonly display?: unknown;
  readonly effort?: Effort | undefined;
  /** The client spoke this protocol: its numbers are its own affair. */
  readonly isOwn: boolean;
}

/** What of the rest of a request decides on its thinking. */
export interface ThinkingContext {
  readonly rules: ModelRules;
  readonly maxTokens: number;
  readonly forcesTool: boolean;
  /** The last answer calls tools, or was begun, without thinking before it. */
  readonly endsUnthought: boolean;
  readonly losses: LossList;
}

export interface WrittenThinking {
  /** The field `thinking`; undefined: not written. */
  readonly thinking: Readonly<Record<string, unknown>> | undefined;
  readonly effort: Effort | undefined;
  /** Sampling is restricted. */
  readonly thinks: boolean;
}

/** `thinking` and `output_config.effort` as the model takes them. */
export function writeThinking(request: NeutralRequest, context: ThinkingContext): WrittenThinking {
  const { rules, losses } = context;
  const wish = withoutConflicts(fitToModel(readWish(request), context), context);
  const effort = writeEffort(wish, rules, losses);
  const thinks = wish.type === 'adaptive' || wish.type === 'enabled';
  if (!wish.type) return { thinking: undefined, effort, thinks };
  const thinking = {
    type: wish.type,
    ...(wish.type === 'enabled' ? { budget_tokens: wish.budgetTokens } : {}),
    ...(thinks && wish.display !== undefined ? { display: wish.display } : {}),
  };
  return { thinking, effort, thinks };
}

function readWish({ reasoning, extras }: NeutralRequest): ThinkingWish {
  if (extras?.protocol !== 'anthropic-messages') return wishOf(reasoning);
  const thinking = asObject(extras.fields['thinking']);
  return {
    type: thinking?.['type'] as ThinkingType | undefined,
    budgetTokens: thinking?.['budget_tokens'] as number | undefined,
    display: thinking?.['display'] ?? undefined,
    effort: extras.fields['output_config.effort'] as Effort | undefined,
    isOwn: true,
  };
}

function wishOf(reasoning: Reasoning | undefined): ThinkingWish {
  const { effort, budgetTokens, isShown } = reasoning ?? {};
  const display = isShown ? 'summarized' : undefined;
  if (effort === 'none' || budgetTokens === 0) return { type: 'disabled', isOwn: false };
  if (budgetTokens !== undefined && budgetTokens > 0) {
    return { type: 'enabled', budgetTokens, display, effort, isOwn: false };
  }
  const isAsked = effort !== undefined || isShown !== undefined || budgetTokens !== undefined;
  return { type: isAsked ? 'adaptive' : undefined, display, effort, isOwn: false };
}

function fitToModel(wish: ThinkingWish, { rules, maxTokens, losses }: ThinkingContext): ThinkingWish {
  const { type } = wish;
  const isAbleTo = (one: ThinkingType) => rules.thinking.includes(one);
  if (!type || isAbleTo(type)) {
    return type === 'enabled' && !wish.isOwn ? withinBudget(wish, maxTokens, losses) : wish;
  }
  if (type === 'enabled' && isAbleTo('adaptive')) {
    losses.add('thinking.budget_tokens', 'this model takes an effort instead');
    return { ...wish, type: 'adaptive', effort: wish.effort ?? effortOfBudget(wish.budgetTokens ?? -1) };
  }
  if (type === 'adaptive' && isAbleTo('enabled')) {
    const budgetTokens = Math.min(budgetOfEffort(wish.effort ?? 'high'), Math.floor(maxTokens / 2));
    return withinBudget({ ...wish, type: 'enabled', budgetTokens, effort: undefined }, maxTokens, losses);
  }
  if (type === 'disabled' && isAbleTo('between_tools')) return { ...wish, type: 'between_tools' };
  if (type === 'between_tools' && isAbleTo('disabled')) return { ...wish, type: 'disabled' };
  if (type === 'disabled' || type === 'between_tools') {
    if (rules.thinking.length === 0) return { ...wish, type: undefined };
    losses.add('thinking', 'this model always thinks');
    return { ...wish, type: undefined, effort: wish.effort ?? 'low' };
  }
  losses.add('thinking', 'this model cannot think');
  return { ...wish, type: undefined, effort: undefined };
}

function withinBudget(wish: ThinkingWish, maxTokens: number, losses: LossList): ThinkingWish {
  const budgetTokens = Math.min(Math.max(wish.budgetTokens ?? 0, leastBudgetTokens), maxTokens - 1);
  if (budgetTokens < leastBudgetTokens) {
    losses.add('thinking', 'too few tokens are left to think');
    return { ...wish, type: 'disabled' };
  }
  if (wish.budgetTokens !== budgetTokens) losses.add('thinking.budget_tokens', 'the provider has other bounds');
  return { ...wish, budgetTokens };
}

/** A forced tool, and an answer that goes on without thoughts, do not go with thinking. */
function withoutConflicts(wish: ThinkingWish, { rules, ...context }: ThinkingContext): ThinkingWish {
  const thinks = wish.type === 'adaptive' || wish.type === 'enabled';
  if (!thinks) return wish;
  const off = rules.thinking.includes('disabled') ? ('disabled' as const) : undefined;
  if (context.forcesTool && rules.takesForcedTool === 'unless_thinking') {
    context.losses.add('thinking', 'a tool can be forced only without thinking');
    return { ...wish, type: off };
  }
  if (context.endsUnthought && wish.type === 'enabled') {
    context.losses.add('thinking', 'the answer goes on from one without its thoughts');
    return { ...wish, type: off };
  }
  return wish;
}

function writeEffort({ effort, type }: ThinkingWish, rules: ModelRules, losses: LossList): Effort | undefined {
  if (!effort || effort === 'none') return undefined;
  const path = 'output_config.effort';
  if (rules.efforts.length === 0) {
    // With a budget besides, nothing of it is lost.
    if (type !== 'enabled') losses.add(path, 'this model takes no effort');
    return undefined;
  }
  const most = type === 'disabled' ? rankOf(rules.mostEffortWithoutThinking) : efforts.length;
  const fitting = rules.efforts.filter((one) => rankOf(one) <= Math.min(rankOf(effort), most));
  const written = fitting.at(-1) ?? rules.efforts[0];
  if (written !== effort) losses.add(path, `this model takes ${written} instead`);
  return written;
}

function rankOf(effort: Effort): number {
  return efforts.indexOf(effort);
}
