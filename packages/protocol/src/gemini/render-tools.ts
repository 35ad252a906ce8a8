import type { JsonObject } from '../json/parse.ts';
import { freeformSchema, grammarNote } from '../neutral/freeform.ts';
import type { NeutralRequest, Tool, ToolChoice } from '../neutral/request.ts';
import { bad } from './fields.ts';
import type { Losses } from './losses.ts';
import { checkName } from './names.ts';
import { Growth, repairSchema } from './schema.ts';

/** `tools`: all functions in one entry, each tool of Google's own in another. */
export function renderTools({ tools }: NeutralRequest, losses: Losses): readonly JsonObject[] {
  const declarations: JsonObject[] = [];
  const others: JsonObject[] = [];
  const growth = new Growth();
  for (const [index, tool] of tools.entries()) {
    const path = `tools.${index}`;
    if (tool.kind === 'function') declarations.push(functionOf(tool, path, growth, losses));
    else if (tool.kind === 'freeform') declarations.push(freeformOf(tool, path, losses));
    else others.push(tool.kind === 'web_search' ? searchOf(tool, path, losses) : ownTool(tool, path));
  }
  return declarations.length === 0 ? others : [{ functionDeclarations: declarations }, ...others];
}

function functionOf(
  tool: Extract<Tool, { kind: 'function' }>,
  path: string,
  growth: Growth,
  losses: Losses,
): JsonObject {
  const isStrict = tool.isStrict === true;
  if (isStrict) losses.once(`${path}.strict`, 'the provider has no strict tools');
  if (tool.cache) losses.once(`${path}.cache_control`, 'the provider caches by itself');
  const schema = tool.schema && repairSchema(tool.schema, { path: `${path}.schema`, isStrict, growth }, losses);
  return {
    name: checkName(tool.name, `${path}.name`),
    ...(tool.description !== undefined && { description: tool.description }),
    ...(schema && { parametersJsonSchema: schema['type'] ? schema : { type: 'object', ...schema } }),
  };
}

/** A function with one text, its grammar told in words. */
function freeformOf(tool: Extract<Tool, { kind: 'freeform' }>, path: string, losses: Losses): JsonObject {
  const note = grammarNote(tool.format);
  if (note) losses.add(`${path}.format`, 'the provider enforces no grammars: it is told in words');
  const description = `${tool.description ?? ''}${note}`.trim();
  return {
    name: checkName(tool.name, `${path}.name`),
    ...(description !== '' && { description }),
    parametersJsonSchema: freeformSchema,
  };
}

function searchOf(tool: Extract<Tool, { kind: 'web_search' }>, path: string, losses: Losses): JsonObject {
  if (tool.protocol === 'gemini') return tool.value as JsonObject;
  if (tool.allowedDomains?.length) throw bad(`${path}.allowed_domains`, 'the provider cannot keep a search to domains');
  if (tool.blockedDomains?.length)
    throw bad(`${path}.blocked_domains`, 'the provider cannot keep a search off domains');
  if (tool.location) losses.add(`${path}.user_location`, 'the provider takes no place to search from');
  return { googleSearch: {} };
}

function ownTool(tool: Extract<Tool, { kind: 'opaque' }>, path: string): JsonObject {
  if (tool.protocol === 'gemini') return tool.value as JsonObject;
  throw bad(path, `the model asked for is served by a provider without ${tool.name}`);
}

/** `functionCallingConfig`; undefined where there is no function to call, where it would be an error. */
export function renderChoice(request: NeutralRequest, losses: Losses): JsonObject | undefined {
  const choice = request.toolChoice;
  const names = new Set(request.tools.flatMap((tool) => ('name' in tool && tool.kind !== 'opaque' ? [tool.name] : [])));
  if (request.parallelToolCalls === false) losses.add('parallel_tool_calls', 'the provider cannot be kept to one call');
  if (!choice) return undefined;
  for (const name of namesIn(choice)) {
    if (!names.has(name)) throw bad('tool_choice', `${name} is none of the functions in tools`);
  }
  if (names.size > 0) return configOf(choice);
  if (choice.kind === 'any') losses.add('tool_choice', 'the provider cannot be made to use a tool of its own');
  return undefined;
}

function namesIn(choice: ToolChoice): readonly string[] {
  if (choice.kind === 'tool') return [choice.name];
  return choice.kind === 'some' ? choice.names : [];
}

function configOf(choice: ToolChoice): JsonObject {
  switch (choice.kind) {
    case 'auto':
      return { mode: 'AUTO' };
    case 'any':
      return { mode: 'ANY' };
    case 'none':
      return { mode: 'NONE' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
    case 'some':
      return { mode: choice.isForced ? 'ANY' : 'VALIDATED', allowedFunctionNames: choice.names };
  }
}
