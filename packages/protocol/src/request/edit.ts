import type { EditableObject, RequestHead } from './head.ts';

export interface RequestEdit {
  /** The channel's own id of the model. Gemini's stands in the path, so this does nothing to its body. */
  readonly model?: string | undefined;
  /** Ask a chat stream for its usage chunk. */
  readonly includeUsage?: true | undefined;
  /** Cap the output: every cap that is there is set to this, or one is added. */
  readonly maxOutputTokens?: number | undefined;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const addedOutputCap = {
  'anthropic-messages': 'max_tokens',
  'openai-chat': 'max_completion_tokens',
  'openai-responses': 'max_output_tokens',
  gemini: 'maxOutputTokens',
} as const;

/**
 * Changes the named things in a body and leaves every other byte as it is.
 *
 * @param body the very body that `head` was read from
 * @returns the same buffer where nothing had to change
 */
export function editRequest(body: Buffer, head: RequestHead, edit: RequestEdit): Buffer {
  const replacements = [...modelEdit(head, edit), ...usageEdit(head, edit), ...capEdits(head, edit)];
  if (replacements.length === 0) return body;
  replacements.sort((a, b) => a.start - b.start);
  const parts: Buffer[] = [];
  let copied = 0;
  for (const { start, end, text } of replacements) {
    parts.push(body.subarray(copied, start), Buffer.from(text));
    copied = end;
  }
  parts.push(body.subarray(copied));
  return Buffer.concat(parts);
}

function modelEdit({ spans, model }: RequestHead, edit: RequestEdit): Replacement[] {
  if (edit.model === undefined || edit.model === model || !spans.model) return [];
  return [{ start: spans.model.start, end: spans.model.end, text: JSON.stringify(edit.model) }];
}

function usageEdit(head: RequestHead, edit: RequestEdit): Replacement[] {
  if (!edit.includeUsage || head.includeUsage || head.protocol !== 'openai-chat') return [];
  const flag = head.spans.includeUsage;
  if (flag) return [{ start: flag.start, end: flag.end, text: 'true' }];
  return [addOption(head, 'stream_options', '"include_usage":true')];
}

function capEdits(head: RequestHead, edit: RequestEdit): Replacement[] {
  if (edit.maxOutputTokens === undefined) return [];
  const cap = String(edit.maxOutputTokens);
  const { outputCaps, top } = head.spans;
  if (outputCaps.length > 0) return outputCaps.map(({ start, end }) => ({ start, end, text: cap }));
  const member = `"${addedOutputCap[head.protocol]}":${cap}`;
  return [head.protocol === 'gemini' ? addOption(head, 'generationConfig', member) : addMember(top, member)];
}

/** Adds a member to the options object, or the object itself where there is none. */
function addOption({ spans: { top, options } }: RequestHead, name: string, member: string): Replacement {
  if (!options) return addMember(top, `"${name}":{${member}}`);
  if (options.bodyStart !== -1) return addMember(options, member);
  return { start: options.span?.start ?? 0, end: options.span?.end ?? 0, text: `{${member}}` };
}

function addMember(object: EditableObject, member: string): Replacement {
  return { start: object.bodyStart, end: object.bodyStart, text: object.isEmpty ? member : `${member},` };
}
