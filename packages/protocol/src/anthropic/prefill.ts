import { badField } from './fields.ts';
import type { Message } from './render-turns.ts';
import type { Writing } from './writing.ts';

/**
 * Refuses an answer that the client began and the model cannot go on with. An answer that ends in what the provider's own tools did is
 * a paused one, and may go on in every model.
 *
 * @throws RelayError invalid_request
 */
export function checkPrefill(messages: readonly Message[], { rules }: Writing): void {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || rules.takesPrefill) return;
  if (last.blocks.some(({ kind }) => kind === 'opaque')) return;
  throw badField(
    last.blocks[0]?.path.split('.content')[0] ?? 'messages',
    'this model cannot go on with an answer that was begun',
  );
}

/**
 * Whether the model would go on from an answer that has no thinking in front: after tool calls, or with a begun answer. Models with a thinking
 * budget refuse to think then.
 */
export function endsUnthought(messages: readonly Message[]): boolean {
  const index = messages.findLastIndex(({ role }) => role === 'assistant');
  const last = messages[index];
  if (!last || last.blocks[0]?.kind === 'thinking') return false;
  return index === messages.length - 1 || last.blocks.some(({ kind }) => kind === 'tool_call');
}

/** The upstream refuses white space at the end of a begun answer. */
export function stripEnd(messages: readonly Message[]): readonly Message[] {
  const last = messages.at(-1);
  const block = last?.blocks.at(-1);
  if (last?.role !== 'assistant' || block?.kind !== 'text') return messages;
  const parsed = JSON.parse(block.json) as { readonly text: string };
  const json = JSON.stringify({ ...parsed, text: parsed.text.trimEnd() });
  return [...messages.slice(0, -1), { role: last.role, blocks: [...last.blocks.slice(0, -1), { ...block, json }] }];
}
