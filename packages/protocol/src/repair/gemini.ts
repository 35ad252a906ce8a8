import { noSignature } from '../gemini/signature-slot.ts';
import type { Draft } from './draft.ts';
import type { JsonChild } from './json-tree.ts';

const signatureKeys = ['thoughtSignature', 'thought_signature'];
const callKeys = ['functionCall', 'function_call'];

/** What Google's API refuses and how it says so, as far as a request can be repaired. */
export function repairGemini(words: string, draft: Draft): boolean {
  if (/(?:corrupted|invalid) thought signature|thought signature is not valid/i.test(words))
    return dropSignatures(draft);
  if (/function call is missing a thought_signature/i.test(words)) return markUnsigned(draft);
  return repairThinking(words, draft) || repairOutputCap(words, draft);
}

/** Signatures that another account or model made. A function call has to have one: it gets the word that stands for none. */
function dropSignatures(draft: Draft): boolean {
  const reason = 'the upstream does not take this signature: it was made elsewhere, or was changed';
  let dropped = false;
  for (const { path, part } of partsOf(draft)) {
    const signature = draft.field(part, ...signatureKeys);
    if (!signature || draft.scalar(signature) === noSignature) continue;
    const isLone = draft.children(part).length === 1;
    if (draft.field(part, ...callKeys) || isLone) {
      draft.write(signature, noSignature, `${path}.${signature.key}`, reason);
    } else draft.remove(part, signature, `${path}.${signature.key}`, reason);
    dropped = true;
  }
  return dropped;
}

/** Of the calls that were made in one step only the first one is signed. */
function markUnsigned(draft: Draft): boolean {
  let marked = false;
  let lastContent = -1;
  for (const { path, part, content } of partsOf(draft)) {
    if (!draft.field(part, ...callKeys) || content === lastContent) continue;
    lastContent = content;
    if (draft.field(part, ...signatureKeys)) continue;
    const reason = 'marked as a call whose thinking nobody has';
    draft.add(part, 'thoughtSignature', noSignature, `${path}.thoughtSignature`, reason);
    marked = true;
  }
  return marked;
}

interface Part {
  readonly path: string;
  readonly part: JsonChild;
  readonly content: number;
}

function partsOf(draft: Draft): Part[] {
  const contents = draft.field(draft.root, 'contents');
  if (!contents) return [];
  return draft.children(contents).flatMap((content, at) => {
    const parts = draft.field(content, 'parts');
    if (!parts) return [];
    return draft.children(parts).map((part, index) => ({ path: `contents.${at}.parts.${index}`, part, content: at }));
  });
}

function repairThinking(words: string, draft: Draft): boolean {
  const generation = draft.field(draft.root, 'generationConfig', 'generation_config');
  const thinking = draft.field(generation, 'thinkingConfig', 'thinking_config');
  if (!generation || !thinking) return false;
  const path = `${generation.key}.${thinking.key}`;
  const level = draft.field(thinking, 'thinkingLevel', 'thinking_level');
  if (level && /thinking level [^\n]{0,60}is not supported/i.test(words)) {
    draft.remove(thinking, level, `${path}.${level.key}`, 'the model does not know this level');
    return true;
  }
  const budget = draft.field(thinking, 'thinkingBudget', 'thinking_budget');
  return budget !== undefined && repairBudget(words, draft, thinking, budget, `${path}.${budget.key}`);
}

function repairBudget(words: string, draft: Draft, thinking: JsonChild, budget: JsonChild, path: string): boolean {
  if (/budget -?\d+ is invalid\. This model only works in thinking mode/i.test(words)) {
    draft.remove(thinking, budget, path, 'the model only works with thinking');
    return true;
  }
  const range =
    /thinking_budget is out of range; supported values are integers from (\d+) to (\d+)/.exec(words) ??
    /thinking budget -?\d+ is invalid\. Please choose a value between (\d+) and (\d+)/i.exec(words);
  const asked = draft.number(budget);
  if (!range || asked === undefined) return false;
  const fitting = Math.min(Math.max(asked, Number(range[1])), Number(range[2]));
  // Minus one leaves it to the model: so does saying nothing.
  if (asked === -1) draft.remove(thinking, budget, path, 'the model does not choose by itself when asked to');
  else if (fitting === asked) return false;
  else draft.write(budget, fitting, path, `changed from ${asked} to ${fitting}: the model's bounds for it`);
  return true;
}

function repairOutputCap(words: string, draft: Draft): boolean {
  const range = /maxOutputTokens value of \d+ but the supported range is from \d+ \(inclusive\) to (\d+) \(exclusive\)/;
  const beyond = range.exec(words)?.[1];
  const generation = draft.field(draft.root, 'generationConfig', 'generation_config');
  const field = draft.field(generation, 'maxOutputTokens', 'max_output_tokens');
  const asked = draft.number(field);
  if (beyond === undefined || !generation || !field || asked === undefined || asked < Number(beyond)) return false;
  const most = Number(beyond) - 1;
  const reason = `lowered from ${asked} to ${most}: more the model cannot write`;
  draft.write(field, most, `${generation.key}.${field.key}`, reason);
  return true;
}
