import type { Draft } from './draft.ts';

/** Fields without which a request still asks for the same. */
const droppable = new Set(['temperature', 'top_p', 'presence_penalty', 'frequency_penalty']);
const outputCaps = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

/** What OpenAI's APIs, Chat and Responses, refuse and how they say so, as far as a request can be repaired. */
export function repairOpenAi(words: string, draft: Draft): boolean {
  return repairField(words, draft) || repairOutputCap(words, draft) || repairReasoning(words, draft);
}

function repairField(words: string, draft: Draft): boolean {
  const name = /Unsupported (?:parameter|value): '(\w+)'/.exec(words)?.[1];
  const field = name === undefined ? undefined : draft.field(draft.root, name);
  if (name === undefined || !field) return false;
  if (name === 'max_tokens' && words.includes("'max_completion_tokens'")) {
    if (draft.field(draft.root, 'max_completion_tokens'))
      draft.remove(draft.root, field, name, 'max_completion_tokens says it already');
    else draft.rename(field, 'max_completion_tokens', name, 'sent as max_completion_tokens');
    return true;
  }
  if (!droppable.has(name)) return false;
  draft.remove(draft.root, field, name, 'the model does not take it');
  return true;
}

function repairOutputCap(words: string, draft: Draft): boolean {
  const [, name, most] = /(max_\w+) is too large: \d+\. This model supports at most (\d+)/.exec(words) ?? [];
  if (name === undefined || !outputCaps.includes(name)) return false;
  const field = draft.field(draft.root, name);
  const asked = draft.number(field);
  if (!field || asked === undefined || asked <= Number(most)) return false;
  draft.write(field, Number(most), name, `lowered from ${asked} to ${most}: more the model cannot write`);
  return true;
}

/** Reasoning that another account or model sealed. A compacted history is not dropped: nothing would be left of the conversation. */
function repairReasoning(words: string, draft: Draft): boolean {
  if (!/invalid_encrypted_content|encrypted content [^\n]*could not be verified/i.test(words)) return false;
  if (/for item cmp_/.test(words)) return false;
  const input = draft.field(draft.root, 'input');
  if (!input) return false;
  const items = [...draft.children(input).entries()];
  const gone = items.filter(([, item]) => draft.scalar(draft.field(item, 'type')) === 'reasoning');
  if (gone.length === 0 || gone.length === items.length) return false;
  const reason = 'the upstream cannot open this reasoning: it was made elsewhere';
  for (const [index, item] of gone) draft.remove(input, item, `input.${index}`, reason);
  return true;
}
