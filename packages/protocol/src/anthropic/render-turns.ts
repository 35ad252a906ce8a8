import type { JsonObject } from '../json/parse.ts';
import type { Part } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { badField } from './fields.ts';
import { type Block, isGenuine, renderPart } from './render-content.ts';
import { ToolIds } from './tool-ids.ts';
import type { Writing } from './writing.ts';

/** A message, ready but for the cache marks of its blocks. */
export interface Message {
  readonly role: Turn['role'];
  readonly blocks: Block[];
}

/** Stands before a conversation that begins with the assistant: the upstream wants the user's word first. */
const openingText = '(The assistant speaks first.)';

/** A part of the conversation and where it stands in the neutral request. */
interface PlacedPart {
  readonly part: Part;
  readonly path: string;
}

interface PlacedTurn {
  readonly role: Turn['role'];
  readonly parts: PlacedPart[];
}

/**
 * The conversation as Anthropic takes it: neighbours of the same role are one message; the user's message behind tool calls begins with all of
 * their results, wherever these stood; thinking that is not the target's own is left out, a whole message at a time; instructions in the
 * middle stand where the model takes them, else in the user's words.
 *
 * @param first the turn that the conversation begins with
 * @throws RelayError invalid_request for a call without its result, a result without its call, and what the provider cannot be told
 */
export function renderTurns(turns: readonly Turn[], first: number, writing: Writing): readonly Message[] {
  const ids = new ToolIds();
  const merged = mergeTurns(withResultsInPlace(placeParts(turns).slice(first)));
  const messages = merged
    .map(({ role, parts }) => ({ role, blocks: renderParts(role, parts, ids, writing) }))
    .filter(({ blocks }) => blocks.length > 0);
  const settled = settleSystemTurns(messages, writing);
  if (settled.length === 0) throw badField('messages', 'must hold a message that is not empty');
  if (settled[0]?.role !== 'assistant') return settled;
  writing.losses.add('messages.0', 'a conversation has to begin with the user: an opening was put before it');
  const json = JSON.stringify({ type: 'text', text: openingText });
  return [{ role: 'user', blocks: [{ kind: 'text', json, cache: undefined, path: 'messages.0' }] }, ...settled];
}

function placeParts(turns: readonly Turn[]): PlacedTurn[] {
  return turns.map(({ role, parts }, index) => ({
    role,
    parts: parts.map((part, at) => ({ part, path: `messages.${index}.content.${at}` })),
  }));
}

/** Every run of calls gets a user turn with its results right behind it; the results are gone from where they were. */
function withResultsInPlace(turns: readonly PlacedTurn[]): PlacedTurn[] {
  const results = collectResults(turns);
  const placed: PlacedTurn[] = [];
  let calls: PlacedPart[] = [];
  const answerCalls = () => {
    if (calls.length === 0) return;
    placed.push({ role: 'user', parts: calls.map((call) => takeResult(call, results)) });
    calls = [];
  };
  for (const turn of turns) {
    if (turn.role !== 'assistant') answerCalls();
    const parts = turn.parts.filter(({ part }) => resultIdOf(part) === undefined);
    calls.push(...parts.filter(({ part }) => callIdOf(part) !== undefined));
    placed.push({ role: turn.role, parts });
  }
  answerCalls();
  for (const { path } of results.values()) throw badField(path, 'is the result of no tool call before it');
  return placed;
}

function collectResults(turns: readonly PlacedTurn[]): Map<string, PlacedPart> {
  const results = new Map<string, PlacedPart>();
  const called = new Set<string>();
  for (const placed of turns.flatMap(({ parts }) => parts)) {
    const callId = callIdOf(placed.part);
    if (callId !== undefined) called.add(callId);
    const resultId = resultIdOf(placed.part);
    if (resultId === undefined) continue;
    if (!called.has(resultId)) throw badField(placed.path, 'is the result of no tool call before it');
    if (results.has(resultId)) throw badField(placed.path, 'is a second result of the same tool call');
    results.set(resultId, placed);
  }
  return results;
}

function takeResult({ part, path }: PlacedPart, results: Map<string, PlacedPart>): PlacedPart {
  const id = callIdOf(part) ?? '';
  const result = results.get(id);
  if (!result) throw badField(path, 'is a tool call without a result');
  results.delete(id);
  return result;
}

function callIdOf(part: Part): string | undefined {
  return part.kind === 'tool_call' ? part.id : opaqueId(part, 'tool_use', 'id');
}

function resultIdOf(part: Part): string | undefined {
  return part.kind === 'tool_result' ? part.callId : opaqueId(part, 'tool_result', 'tool_use_id');
}

function opaqueId(part: Part, name: string, key: string): string | undefined {
  if (part.kind !== 'opaque' || part.protocol !== 'anthropic-messages' || part.name !== name) return undefined;
  const id = (part.value as JsonObject)[key];
  return typeof id === 'string' ? id : undefined;
}

function mergeTurns(turns: readonly PlacedTurn[]): PlacedTurn[] {
  const merged: PlacedTurn[] = [];
  for (const { role, parts } of turns) {
    const last = merged.at(-1);
    if (parts.length === 0) continue;
    if (last?.role === role) last.parts.push(...parts);
    else merged.push({ role, parts: [...parts] });
  }
  return merged;
}

function renderParts(role: Turn['role'], parts: readonly PlacedPart[], ids: ToolIds, writing: Writing): Block[] {
  const foreign = parts.find(({ part }) => part.kind === 'thinking' && !isGenuine(part, writing));
  if (foreign) writing.losses.add(foreign.path, 'these thoughts were not signed by this provider');
  const blocks: Block[] = [];
  for (const { part, path } of parts) {
    if (foreign && part.kind === 'thinking') continue;
    const block = renderPart(part, role, path, ids, writing);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** An instruction may stand behind the user's message and before the assistant's, or last; nowhere else, and not in every model. */
function settleSystemTurns(messages: readonly Message[], writing: Writing): Message[] {
  const settled: Message[] = [];
  for (const [index, message] of messages.entries()) {
    const before = settled.at(-1);
    if (message.role === 'system' && mayStandThere(message, before, messages[index + 1], writing)) {
      settled.push(message);
      continue;
    }
    const spoken = message.role === 'system' ? spokenByUser(message, writing) : message;
    if (before?.role === spoken.role) before.blocks.push(...spoken.blocks);
    else settled.push({ role: spoken.role, blocks: [...spoken.blocks] });
  }
  return settled;
}

function mayStandThere(
  { blocks }: Message,
  before: Message | undefined,
  after: Message | undefined,
  { rules }: Writing,
): boolean {
  const isBehindUser = before?.role === 'user' || before?.blocks.at(-1)?.kind === 'opaque';
  const isBeforeAnswer = after === undefined || after.role === 'assistant';
  return rules.takesSystemTurns && isBehindUser && isBeforeAnswer && blocks.every(({ kind }) => kind === 'text');
}

function spokenByUser({ blocks }: Message, { losses }: Writing): Message {
  const path = blocks[0]?.path.split('.content')[0] ?? 'messages';
  losses.add(`${path}.role`, 'an instruction cannot stand there: it is told in the words of the user');
  const wrapped = blocks.map((block) => {
    if (block.kind !== 'text') return block;
    const { text } = JSON.parse(block.json) as { readonly text: string };
    return { ...block, json: JSON.stringify({ type: 'text', text: `<system>\n${text}\n</system>` }) };
  });
  return { role: 'user', blocks: wrapped };
}
