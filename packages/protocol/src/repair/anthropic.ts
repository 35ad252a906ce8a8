import { fitBudget, repairBudget, repairHistory } from './anthropic-thinking.ts';
import type { Draft } from './draft.ts';

/** What Anthropic's API refuses and how it says so, as far as a request can be repaired. */
export function repairAnthropic(words: string, draft: Draft): boolean {
  return (
    repairHistory(words, draft) ||
    repairOutputCap(words, draft) ||
    repairBudget(words, draft) ||
    repairSampling(words, draft)
  );
}

function repairOutputCap(words: string, draft: Draft): boolean {
  const limit = /max_tokens: \d+ > (\d+), which is the maximum allowed number of output tokens/.exec(words)?.[1];
  if (limit === undefined) return false;
  const field = draft.field(draft.root, 'max_tokens');
  const asked = draft.number(field);
  if (!field || asked === undefined || asked <= Number(limit)) return false;
  draft.write(field, Number(limit), 'max_tokens', `lowered from ${asked} to ${limit}: more the model cannot write`);
  fitBudget(draft, Number(limit));
  return true;
}

const onlyWithoutThinking =
  /`?(?:temperature|top_p|top_k)`? (?:may only be set to|must be (?:unset|greater than or equal to)|must be set to)[^\n]*thinking/;
const never =
  /(?:^|\n)(?:temperature|top_p|top_k): Extra inputs are not permitted|`?(?:temperature|top_p|top_k)`? is (?:deprecated|not supported)/;
const notBoth = /`temperature` and `top_p` cannot both be specified/;

/** The upstream names the first field that it does not take: the others of its kind would be next. */
function repairSampling(words: string, draft: Draft): boolean {
  if (notBoth.test(words)) return drop(draft, 'top_p', 'the model takes this or temperature, not both');
  if (never.test(words)) {
    const reason = 'the model does not take it';
    return ['temperature', 'top_p', 'top_k'].map((name) => drop(draft, name, reason)).includes(true);
  }
  if (!onlyWithoutThinking.test(words)) return false;
  const reason = 'the model does not take it together with thinking';
  const isLegal = (name: string, value: number | undefined) =>
    value !== undefined && ((name === 'temperature' && value === 1) || (name === 'top_p' && value >= 0.95));
  return ['temperature', 'top_p', 'top_k']
    .filter((name) => !isLegal(name, draft.number(draft.field(draft.root, name))))
    .map((name) => drop(draft, name, reason))
    .includes(true);
}

function drop(draft: Draft, name: string, reason: string): boolean {
  const field = draft.field(draft.root, name);
  if (field) draft.remove(draft.root, field, name, reason);
  return field !== undefined;
}

/**
 * The anthropic-beta header without the values that the upstream does not know.
 * @returns undefined where the refusal is about something else; empty where no value is left
 */
export function repairBetas(
  words: string,
  betas: string,
): { readonly left: string; readonly gone: string[] } | undefined {
  const all = betas.split(',').map((value) => value.trim());
  const named = /Unexpected value\(s\) ([^\n]+?) for the `?anthropic-beta`? header/.exec(words)?.[1];
  const refused = new Set(named?.split(',').map((value) => value.replaceAll('`', '').trim()));
  const gone = /\binvalid beta flag\b/.test(words) ? all : all.filter((value) => refused.has(value));
  if (gone.length === 0) return undefined;
  return { left: all.filter((value) => !gone.includes(value)).join(','), gone };
}
