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

const noSuchLevel = /thinking level [^\n]{0,60}is not supported/i;
const noBudget = /budget -?\d+ is invalid\. This model only works in thinking mode/i;
const budgetRanges = [
  /thinking_budget is out of range; supported values are integers from (\d+) to (\d+)/,
  /thinking budget -?\d+ is invalid\. Please choose a value between (\d+) and (\d+)/i,
];

function repairThinking(words: string, draft: Draft): boolean {
  if (noSuchLevel.test(words))
    return dropThinkingField(draft, 'the model does not know this level', 'thinkingLevel', 'thinking_level');
  if (noBudget.test(words))
    return dropThinkingField(draft, 'the model only works with thinking', 'thinkingBudget', 'thinking_budget');
  const range = budgetRanges.map((pattern) => pattern.exec(words)).find((match) => match !== null);
  if (!range) return false;
  const place = thinkingField(draft, 'thinkingBudget', 'thinking_budget');
  const asked = draft.number(place?.field);
  if (!place || asked === undefined) return false;
  const fitting = Math.min(Math.max(asked, Number(range[1])), Number(range[2]));
  // Minus one leaves it to the model: so does saying nothing.
  if (asked === -1)
    draft.remove(place.thinking, place.field, place.path, 'the model does not choose by itself when asked to');
  else if (fitting === asked) return false;
  else draft.write(place.field, fitting, place.path, `changed from ${asked} to ${fitting}: the model's bounds for it`);
  return true;
}

function dropThinkingField(draft: Draft, reason: string, ...keys: string[]): boolean {
  const place = thinkingField(draft, ...keys);
  if (place) draft.remove(place.thinking, place.field, place.path, reason);
  return place !== undefined;
}

function thinkingField(draft: Draft, ...keys: string[]) {
  const generation = draft.field(draft.root, 'generationConfig', 'generation_config');
  const thinking = draft.field(generation, 'thinkingConfig', 'thinking_config');
  const field = draft.field(thinking, ...keys);
  if (!generation || !thinking || !field) return undefined;
  return { thinking, field, path: `${generation.key}.${thinking.key}.${field.key}` };
}

const capRange =
  /maxOutputTokens value of \d+ but the supported range is from \d+ \(inclusive\) to (\d+) \(exclusive\)/;

function repairOutputCap(words: string, draft: Draft): boolean {
  const beyond = capRange.exec(words)?.[1];
  if (beyond === undefined) return false;
  const generation = draft.field(draft.root, 'generationConfig', 'generation_config');
  const field = draft.field(generation, 'maxOutputTokens', 'max_output_tokens');
  const asked = draft.number(field);
  if (!generation || !field || asked === undefined || asked < Number(beyond)) return false;
  const most = Number(beyond) - 1;
  const reason = `lowered from ${asked} to ${most}: more the model cannot write`;
  draft.write(field, most, `${generation.key}.${field.key}`, reason);
  return true;
}
