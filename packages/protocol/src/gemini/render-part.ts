import { parseObjectText } from '../json/parse.ts';
import { foreignPart } from '../neutral/foreign.ts';
import { wrapFreeform } from '../neutral/freeform.ts';
import type { Part, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import { isMadeUp } from './call-ids.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { checkName } from './names.ts';
import { renderMedia, renderSource, textField } from './render-media.ts';

/** Parts that are no calls, results or thoughts, as JSON without their braces. */
export function renderPart(
  part: Exclude<Part, { kind: 'tool_call' | 'tool_result' | 'thinking' }>,
  path: string,
  rules: ModelRules,
  losses: Losses,
): readonly string[] {
  switch (part.kind) {
    case 'text':
      if (part.citations?.length) losses.once(`${path}.citations`, 'sources of earlier answers are not passed on');
      return part.text === '' ? [] : [textField(part.text)];
    case 'refusal':
      return part.text === '' ? [] : [textField(part.text)];
    case 'opaque': {
      if (part.protocol === 'gemini') return [JSON.stringify(part.value).slice(1, -1)];
      const loss = foreignPart(part, path);
      losses.once(loss.path, loss.reason);
      return [];
    }
    default:
      return renderMedia(part, path, rules, losses);
  }
}

/** A call as JSON without its braces; its arguments are the bytes that the client sent. */
export function renderCall(call: ToolCallPart, path: string, losses: Losses): string {
  const name = JSON.stringify(checkName(call.name, `${path}.name`));
  return `"functionCall":{${idField(call.id)}"name":${name},"args":${argumentsOf(call, path, losses)}}`;
}

function argumentsOf({ form, input }: ToolCallPart, path: string, losses: Losses): string {
  if (form === 'text') return wrapFreeform(input);
  if (input.trim() === '') return '{}';
  if (parseObjectText(input)) return input;
  losses.once(`${path}.input`, 'an input that is no JSON object was put into one');
  return `{"_raw":${JSON.stringify(input)}}`;
}

/** Ids of our own making mean nothing to Google: the order tells which result is whose. */
function idField(id: string): string {
  return isMadeUp(id) ? '' : `"id":${JSON.stringify(id)},`;
}

/** A result as JSON without its braces, and the media of it that must stand outside of it. */
export interface WrittenResult {
  readonly response: string;
  readonly outside: readonly string[];
}

/** Text goes into `output` or `error`, as Google reads them; pictures into the result where the model takes them there. */
export function renderResult(
  result: ToolResultPart,
  call: ToolCallPart,
  path: string,
  rules: ModelRules,
  losses: Losses,
): WrittenResult {
  const texts: string[] = [];
  const inside: string[] = [];
  const outside: string[] = [];
  for (const [index, part] of result.parts.entries()) {
    const at = `${path}.content.${index}`;
    if (part.kind === 'text') texts.push(part.text);
    else if (part.source.kind === 'text') texts.push(part.source.text);
    else if (rules.hasMediaInResults && part.source.kind === 'base64')
      inside.push(`{${renderSource(part.source, at, rules)}}`);
    else outside.push(...renderMedia(part, at, rules, losses));
  }
  const key = result.isError ? 'error' : 'output';
  const parts = inside.length === 0 ? '' : `,"parts":[${inside.join(',')}]`;
  const response = `"response":{"${key}":${JSON.stringify(texts.join('\n'))}}${parts}`;
  return {
    response: `"functionResponse":{${idField(call.id)}"name":${JSON.stringify(call.name)},${response}}`,
    outside,
  };
}
