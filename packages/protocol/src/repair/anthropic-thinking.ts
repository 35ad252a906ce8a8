import type { Draft } from './draft.ts';
import type { JsonChild } from './json-tree.ts';

/** Vendors' own bound: less is refused. */
const minBudgetTokens = 1_024;

/** A block of the history. */
interface Place {
  readonly message: number;
  readonly block: number;
}

const refusesThinking =
  /Invalid `(?:signature|data)` in `(?:redacted_)?thinking` block|`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified|thinking\.signature: Field required/;
const wantsThinking = /Expected `thinking` or `redacted_thinking`, but found/;

/** Thinking of another upstream, model or conversation in the history, or none where there has to be some. */
export function repairHistory(words: string, draft: Draft): boolean {
  if (wantsThinking.test(words)) return turnOff(draft, 'the conversation does not hold the thinking that this needs');
  if (!refusesThinking.test(words)) return false;
  const [, message, block] = /messages\.(\d+)\.content\.(\d+)/.exec(words) ?? [];
  const named = { message: Number(message), block: Number(block) };
  // Blocks are checked in their order: those before the named one have passed.
  return dropThinking(draft, isThinkingAt(draft, named) ? named : { message: 0, block: 0 });
}

/** Lowers or raises the budget as the upstream says, never beyond what the output cap leaves. */
export function repairBudget(words: string, draft: Draft): boolean {
  const isTooLarge = /max_tokens`? must be greater than `?thinking\.(?:enabled\.)?budget_tokens/.test(words);
  const bound = /budget_tokens: Input should be (?:greater|less) than or equal to (\d+)/.exec(words)?.[1];
  if (!isTooLarge && bound === undefined) return false;
  const maxTokens = draft.number(draft.field(draft.root, 'max_tokens'));
  if (maxTokens === undefined) return false;
  if (bound === undefined) return fitBudget(draft, maxTokens);
  const budget = Number(bound);
  if (budget >= maxTokens) return turnOff(draft, `max_tokens leaves no room for a budget of ${budget} tokens`);
  return writeBudget(draft, budget, `the upstream's bound for it is ${budget}`);
}

/** Makes the budget smaller than the output cap, a quarter of which is left for the answer; off where that is too little. */
export function fitBudget(draft: Draft, maxTokens: number): boolean {
  const budget = draft.number(budgetOf(draft));
  if (budget === undefined || budget < maxTokens) return false;
  if (maxTokens <= minBudgetTokens) return turnOff(draft, 'max_tokens leaves no room for it');
  const fitting = Math.max(minBudgetTokens, Math.floor((maxTokens * 3) / 4));
  return writeBudget(draft, fitting, `lowered from ${budget} to ${fitting}: it has to be less than max_tokens`);
}

function budgetOf(draft: Draft): JsonChild | undefined {
  return draft.field(draft.field(draft.root, 'thinking'), 'budget_tokens');
}

function writeBudget(draft: Draft, budget: number, reason: string): boolean {
  const field = budgetOf(draft);
  if (!field || draft.number(field) === budget) return false;
  draft.write(field, budget, 'thinking.budget_tokens', reason);
  return true;
}

/** Takes the thinking out of the history from one block on. */
function dropThinking(draft: Draft, from: Place): boolean {
  const list = draft.field(draft.root, 'messages');
  if (!list) return false;
  const reason = 'the upstream does not take this thinking: it was made elsewhere, or was changed';
  let dropped = 0;
  for (const [at, message] of draft.children(list).entries()) {
    const content = draft.field(message, 'content');
    if (at < from.message || !content) continue;
    const first = at === from.message ? from.block : 0;
    const blocks = [...draft.children(content).entries()];
    const gone = blocks.filter(([index, block]) => index >= first && isThinking(draft, block));
    dropped += gone.length;
    if (gone.length > 0 && gone.length === blocks.length) {
      draft.remove(list, message, `messages.${at}`, `${reason}, and nothing else stands in the message`);
    } else for (const [index, block] of gone) draft.remove(content, block, `messages.${at}.content.${index}`, reason);
  }
  if (dropped > 0 && endsInToolLoop(draft, draft.children(list).at(-1)))
    turnOff(draft, 'a tool call without its thinking cannot be gone on from while this is on');
  return dropped > 0;
}

function isThinkingAt(draft: Draft, { message, block }: Place): boolean {
  const list = draft.field(draft.root, 'messages');
  const content = list && draft.field(draft.children(list)[message], 'content');
  const named = content && draft.children(content)[block];
  return named !== undefined && isThinking(draft, named);
}

function isThinking(draft: Draft, block: JsonChild): boolean {
  const type = draft.scalar(draft.field(block, 'type'));
  return type === 'thinking' || type === 'redacted_thinking';
}

function endsInToolLoop(draft: Draft, last: JsonChild | undefined): boolean {
  const content = draft.field(last, 'content');
  return (
    content !== undefined &&
    draft.children(content).some((block) => draft.scalar(draft.field(block, 'type')) === 'tool_result')
  );
}

/** Thinking on a budget needs its blocks in the history; the newer kind does not. */
function turnOff(draft: Draft, reason: string): boolean {
  const thinking = draft.field(draft.root, 'thinking');
  if (!thinking || draft.scalar(draft.field(thinking, 'type')) !== 'enabled') return false;
  draft.remove(draft.root, thinking, 'thinking', reason);
  dropThinkingEdits(draft);
  return true;
}

/** Context edits that clear thinking are refused where there is none. */
function dropThinkingEdits(draft: Draft): void {
  const management = draft.field(draft.root, 'context_management');
  const edits = draft.field(management, 'edits');
  if (!management || !edits) return;
  const all = [...draft.children(edits).entries()];
  const gone = all.filter(([, edit]) => String(draft.scalar(draft.field(edit, 'type'))).startsWith('clear_thinking'));
  const reason = 'it needs thinking';
  if (gone.length > 0 && gone.length === all.length)
    return draft.remove(draft.root, management, 'context_management', reason);
  for (const [index, edit] of gone) draft.remove(edits, edit, `context_management.edits.${index}`, reason);
}
