import type { JsonObject } from '../json/parse.ts';
import { freeformSchema, grammarNote } from '../neutral/freeform.ts';
import type { NeutralRequest, Tool } from '../neutral/request.ts';
import { type MarkedJson, readCacheMark } from './cache-marks.ts';
import { badField } from './fields.ts';
import { strictSchema } from './strict-schema.ts';
import { toolName } from './tool-name.ts';
import type { Writing } from './writing.ts';

type OfferedTool = Extract<Tool, { kind: 'function' | 'freeform' }>;

/** All models that search take this oldest version of the tool. */
const webSearchType = 'web_search_20250305';

/**
 * The tools, ready but for their cache marks. Of a choice of some tools, the others are left out.
 *
 * A freeform tool becomes a function with one string property, `input`. Its calls come back as functions: a decoder does not know the request, so it
 * is the encoder of the client's protocol that takes the text out again, wherever a call is of a freeform tool of `context.request.tools`.
 *
 * @throws RelayError invalid_request for a tool that the provider cannot be given
 */
export function renderTools(request: NeutralRequest, writing: Writing): readonly MarkedJson[] {
  const { tools, toolChoice } = request;
  return tools.flatMap((tool, index) => {
    if (toolChoice?.kind === 'some' && 'name' in tool && !toolChoice.names.includes(tool.name)) return [];
    return [renderTool(tool, index, request, writing)];
  });
}

function renderTool(tool: Tool, index: number, { extras }: NeutralRequest, writing: Writing): MarkedJson {
  const path = `tools.${index}`;
  switch (tool.kind) {
    case 'function': {
      const isForeign = extras?.protocol !== 'anthropic-messages';
      const own = extrasOf(tool, path, writing);
      const json = JSON.stringify({ ...functionTool(tool, path, isForeign, writing), ...own });
      return { json, cache: tool.cache, path };
    }
    case 'freeform':
      extrasOf(tool, path, writing);
      return { json: JSON.stringify(freeformTool(tool)), cache: undefined, path };
    case 'web_search':
      return tool.protocol === 'anthropic-messages'
        ? ownTool(tool.value as JsonObject, path)
        : webSearch(tool, path, writing);
    case 'opaque':
      if (tool.protocol === 'anthropic-messages') return ownTool(tool.value as JsonObject, path);
      throw badField(path, `the provider has no tool ${tool.name}`);
  }
}

/** Fields of a tool that only its client's protocol has. */
function extrasOf({ extras, namespace }: OfferedTool, path: string, { losses }: Writing): Record<string, unknown> {
  if (namespace?.description) losses.add(`${path}.namespace.description`, 'tools have no groups here');
  if (!extras) return {};
  if (extras.protocol === 'anthropic-messages') return extras.fields;
  for (const field of Object.keys(extras.fields)) losses.add(`${path}.${field}`, `tools have no ${field} here`);
  return {};
}

function functionTool(
  tool: Extract<Tool, { kind: 'function' }>,
  path: string,
  isForeign: boolean,
  { rules, losses }: Writing,
): JsonObject {
  const isStrict = tool.isStrict === true && rules.takesSchema;
  if (tool.isStrict && !isStrict) losses.add(`${path}.strict`, 'this model has no strict tools');
  const schema = { ...tool.schema, type: 'object' };
  return {
    name: toolName(tool.name),
    ...(tool.description === undefined ? {} : { description: tool.description }),
    input_schema: isStrict && isForeign ? strictSchema(schema, `${path}.input_schema`, losses) : schema,
    ...(isStrict ? { strict: true } : {}),
  };
}

function freeformTool(tool: Extract<Tool, { kind: 'freeform' }>): JsonObject {
  return {
    name: toolName(tool.name),
    description: `${tool.description ?? ''}${grammarNote(tool.format)}`.trim(),
    input_schema: freeformSchema,
  };
}

function webSearch(tool: Extract<Tool, { kind: 'web_search' }>, path: string, { losses }: Writing): MarkedJson {
  const { allowedDomains, blockedDomains, location } = tool;
  if (allowedDomains && blockedDomains) losses.add(`${path}.blocked_domains`, 'do not go with allowed domains');
  const domains = allowedDomains
    ? { allowed_domains: allowedDomains }
    : blockedDomains && { blocked_domains: blockedDomains };
  const json = JSON.stringify({
    type: webSearchType,
    name: 'web_search',
    ...domains,
    ...(location ? { user_location: { ...location, type: 'approximate' } } : {}),
  });
  return { json, cache: undefined, path };
}

function ownTool({ cache_control: control, ...tool }: JsonObject, path: string): MarkedJson {
  return { json: JSON.stringify(tool), cache: readCacheMark({ cache_control: control }, `${path}.`), path };
}

/** Whether the request insists on a tool call. */
export function forcesTool({ toolChoice }: NeutralRequest): boolean {
  return (
    toolChoice?.kind === 'any' || toolChoice?.kind === 'tool' || (toolChoice?.kind === 'some' && toolChoice.isForced)
  );
}

/**
 * The field tool_choice; undefined: not written.
 *
 * @throws RelayError invalid_request where a call is demanded and there is no tool
 */
export function renderToolChoice(request: NeutralRequest, toolCount: number, writing: Writing): JsonObject | undefined {
  const { toolChoice: choice, parallelToolCalls } = request;
  if (toolCount === 0) {
    if (forcesTool(request)) throw badField('tool_choice', 'demands a call, and there is no tool to call');
    return undefined;
  }
  const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  if (choice?.kind === 'none') return { type: 'none' };
  if (forcesTool(request) && writing.rules.takesForcedTool === 'never') {
    writing.losses.add('tool_choice', 'this model cannot be forced to call a tool');
    return { type: 'auto', ...single };
  }
  if (choice?.kind === 'tool') return { type: 'tool', name: toolName(choice.name), ...single };
  if (forcesTool(request)) return { type: 'any', ...single };
  return choice?.kind === 'auto' || parallelToolCalls === false ? { type: 'auto', ...single } : undefined;
}
