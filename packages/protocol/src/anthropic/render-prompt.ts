import type { JsonMembers } from '../json/members.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { type MarkedJson, MarkWriter } from './cache-marks.ts';
import { checkPrefill, stripEnd } from './prefill.ts';
import { renderSystem } from './render-system.ts';
import { renderTools } from './render-tools.ts';
import { type Message, renderTurns } from './render-turns.ts';
import type { Writing } from './writing.ts';

/** All that the model reads, ready but for the cache marks. */
export interface Prompt {
  readonly tools: readonly MarkedJson[];
  readonly system: readonly MarkedJson[];
  readonly messages: readonly Message[];
}

/**
 * Tools, system prompt and conversation. Instructions that no word of the conversation precedes belong to the system prompt; where there is
 * nothing but instructions, they are told as the user's words, as the upstream wants some.
 *
 * @throws RelayError invalid_request
 */
export function renderPrompt(request: NeutralRequest, writing: Writing): Prompt {
  const { turns } = request;
  const first = turns.findIndex(({ role }) => role !== 'system');
  const leading = first === -1 ? turns.length : first;
  const tools = renderTools(request, writing);
  const system = renderSystem(request, leading, writing);
  if (leading === turns.length && system.length > 0) {
    writing.losses.add('messages', 'a conversation needs a word of the user: the instructions are told as one');
    return { tools, system: [], messages: [{ role: 'user', blocks: system }] };
  }
  const messages = stripEnd(renderTurns(turns, leading, writing));
  checkPrefill(messages, writing);
  return { tools, system, messages };
}

/** Writes tools, system and messages, with their cache marks. */
export function writePrompt(
  body: JsonMembers,
  { tools, system, messages }: Prompt,
  { cache }: NeutralRequest,
  { losses }: Writing,
): void {
  const blocks = messages.flatMap((message) => message.blocks);
  const marks = new MarkWriter([...tools, ...system, ...blocks], cache ? 1 : 0, losses);
  const list = (items: readonly MarkedJson[]) => `[${items.map((item) => marks.write(item)).join(',')}]`;
  // In the order of the prompt: marks are counted from its beginning.
  if (tools.length > 0) body.addJson('tools', list(tools));
  if (system.length > 0) body.addJson('system', list(system));
  const written = messages.map(({ role, blocks: own }) => `{"role":"${role}","content":${list(own)}}`);
  body.addJson('messages', `[${written.join(',')}]`);
}
