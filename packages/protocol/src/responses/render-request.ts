import { createHash } from 'node:crypto';
import type { Loss } from '@ai-bridge/domain';
import type { Carried, Target } from '../neutral/codec.ts';
import { foreignExtras } from '../neutral/foreign.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { renderDeveloper, renderTurns } from './render-items.ts';
import { addOptions } from './render-options.ts';
import { renderToolChoice, renderTools } from './render-tools.ts';
import { Rendering } from './rendering.ts';

const protocol = 'openai-responses';

/** OpenAI takes no longer ids of users. */
const maxUserCharacters = 128;

/** A request to POST /v1/responses; see renderRequest of Codec. */
export function renderRequest(request: NeutralRequest, target: Target): Carried<string> {
  const rendering = new Rendering(request, target);
  const body: Record<string, unknown> = { model: target.origin.model, ...promptOf(rendering) };
  const tools = renderTools(rendering);
  if (tools.length > 0) body['tools'] = tools;
  addToolChoice(body, rendering);
  addOptions(body, rendering);
  addUser(body, rendering);
  addExtras(body, rendering.ownFields);
  body['stream'] = request.stream;
  return { value: JSON.stringify(body), losses: allLosses(rendering) };
}

/** A choice where nothing is offered is an error there. */
function addToolChoice(body: Record<string, unknown>, rendering: Rendering): void {
  const { toolChoice, tools } = rendering.request;
  if (!toolChoice) return;
  if (tools.length > 0 || rendering.isOwn) body['tool_choice'] = renderToolChoice(toolChoice, rendering);
  else if (toolChoice.kind !== 'auto' && toolChoice.kind !== 'none')
    rendering.lose('tool_choice', 'no tools are offered');
}

function allLosses(rendering: Rendering): Loss[] {
  return [...rendering.losses(), ...foreignExtras(rendering.request, protocol)];
}

/** One text of the system's is the instructions, unless it is marked; several are messages, so that they stay apart. */
function promptOf(rendering: Rendering): Record<string, unknown> {
  const { system } = rendering.request;
  const [first, ...others] = system;
  const items = renderTurns(rendering);
  if (!first) return { input: items };
  const isInstructions = rendering.isOwn
    ? rendering.ownFields['instructions'] === first.text
    : others.length === 0 && !(first.cache && rendering.rules.takesCacheMarks);
  if (!isInstructions) return { input: [...renderDeveloper(system, rendering), ...items] };
  if (first.cache) rendering.loseMark('system.0');
  return { instructions: first.text, input: [...renderDeveloper(others, rendering), ...items] };
}

function addUser(body: Record<string, unknown>, { request: { user }, ownFields }: Rendering): void {
  if (user === undefined || ownFields['user'] === user) return;
  body['safety_identifier'] = user.length <= maxUserCharacters ? user : createHash('sha256').update(user).digest('hex');
}

/** Fields with a dot are of these objects, which may be there already. */
const nestedField = /^(reasoning|text)\.(.+)$/;

function addExtras(body: Record<string, unknown>, fields: Readonly<Record<string, unknown>>): void {
  for (const [path, value] of Object.entries(fields)) {
    if (path === 'instructions') continue;
    const [, outer, inner] = nestedField.exec(path) ?? [];
    if (outer === undefined || inner === undefined) body[path] = value;
    else body[outer] = { ...(body[outer] as Record<string, unknown> | undefined), [inner]: value };
  }
}
