import { asObject } from '../json/parse.ts';
import { freeformSchema, grammarNote } from '../neutral/freeform.ts';
import type { NeutralRequest, Tool, ToolChoice } from '../neutral/request.ts';
import { shortToolName } from '../neutral/tool-names.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { bad } from './read.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The tools that are offered, and which of them is to be called.
 * @throws RelayError invalid_request with the path of a tool that this upstream has no twin of
 */
export function renderTools(request: NeutralRequest, rules: ModelRules, losses: Losses): Fields {
  const { toolChoice: choice } = request;
  const narrows = choice?.kind === 'some' && !rules.takesAllowedTools;
  const offered = narrows ? request.tools.filter((tool) => choice.names.includes(nameOf(tool) ?? '')) : request.tools;
  const search = request.tools.findIndex((tool) => tool.kind === 'web_search');
  const webSearch = search === -1 ? undefined : renderWebSearch(request, search, rules, losses);
  const tools = offered.flatMap((tool) => renderTool(tool, `tools.${request.tools.indexOf(tool)}`, rules, losses));
  checkNames(tools);
  if (tools.length === 0) return { web_search_options: webSearch, ...choiceWithoutTools(choice) };
  return {
    tools,
    tool_choice: choice && renderChoice(choice, request, rules, narrows),
    parallel_tool_calls: parallelSwitch(request, rules, losses),
    web_search_options: webSearch,
  };
}

/** A tool of free text is offered as a function with one text where the model knows functions only. */
export function isFunctionHere(tool: Tool | undefined, rules: ModelRules): boolean {
  return tool?.kind !== 'freeform' || !rules.takesFreeformTools;
}

function nameOf(tool: Tool): string | undefined {
  return tool.kind === 'function' || tool.kind === 'freeform' ? tool.name : undefined;
}

function renderTool(tool: Tool, path: string, rules: ModelRules, losses: Losses): Fields[] {
  switch (tool.kind) {
    case 'function':
      if (tool.cache) losses.add(`${path}.cache_control`, 'a tool takes no cache mark here');
      return [
        functionTool(
          tool.name,
          tool.description,
          tool.schema && withProperties(tool.schema),
          tool.isStrict ?? undefined,
        ),
      ];
    case 'freeform':
      return [renderFreeform(tool, rules, path, losses)];
    case 'web_search':
      return [];
    case 'opaque':
      if (tool.protocol !== 'openai-chat')
        throw bad(path, `the model asked for is served without the tool ${tool.name}`);
      return [asObject(tool.value) ?? {}];
  }
}

function functionTool(name: string, description: string | undefined, parameters: unknown, strict?: boolean): Fields {
  return { type: 'function', function: { name: shortToolName(name), description, parameters, strict } };
}

/** Strict validators want an object's properties told, even where it has none. */
function withProperties(schema: Fields): Fields {
  return schema['type'] === 'object' && schema['properties'] === undefined ? { ...schema, properties: {} } : schema;
}

function renderFreeform(
  { name, description, format }: Extract<Tool, { kind: 'freeform' }>,
  rules: ModelRules,
  path: string,
  losses: Losses,
): Fields {
  if (rules.takesFreeformTools) {
    return { type: 'custom', custom: { name: shortToolName(name), description, format: nestedGrammar(format) } };
  }
  const note = grammarNote(format);
  if (note) losses.add(`${path}.format`, 'the grammar is told to the model, not enforced');
  return functionTool(name, `${description ?? ''}${note}` || undefined, freeformSchema);
}

/** Chat nests a grammar, Responses does not. */
function nestedGrammar(format: unknown): unknown {
  const flat = asObject(format);
  if (flat?.['type'] !== 'grammar' || flat['grammar']) return format;
  const { type, ...grammar } = flat;
  return { type, grammar };
}

/**
 * Web search is a field of its own, and few models have it. An offer beside other tools may go unheard; a request that is about nothing
 * else must not be answered from memory.
 */
function renderWebSearch(request: NeutralRequest, index: number, rules: ModelRules, losses: Losses): unknown {
  const tool = request.tools[index];
  if (tool?.kind !== 'web_search') return undefined;
  if (!rules.takesWebSearch) {
    if (request.tools.length === 1 || isForcedSearch(request))
      throw bad(`tools.${index}`, 'the model asked for is served without web search');
    losses.add(`tools.${index}`, 'this model has no web search');
    return undefined;
  }
  if (tool.protocol === 'openai-chat') return tool.value;
  if (tool.allowedDomains || tool.blockedDomains) {
    losses.add(`tools.${index}.allowed_domains`, 'web search takes no list of domains here');
  }
  return tool.location ? { user_location: { type: 'approximate', approximate: tool.location } } : {};
}

/** Whether the one tool that must be called is none that the client itself runs. */
function isForcedSearch({ tools, toolChoice: choice }: NeutralRequest): boolean {
  return choice?.kind === 'tool' && !tools.some((tool) => nameOf(tool) === choice.name);
}

function renderChoice(choice: ToolChoice, request: NeutralRequest, rules: ModelRules, narrows: boolean): unknown {
  switch (choice.kind) {
    case 'auto':
    case 'none':
      return choice.kind;
    case 'any':
      return 'required';
    case 'tool':
      return namedTool(choice.name, request, rules);
    case 'some': {
      const mode = choice.isForced ? 'required' : 'auto';
      if (narrows) return mode;
      const tools = choice.names.map((name) => namedTool(name, request, rules));
      return { type: 'allowed_tools', allowed_tools: { mode, tools } };
    }
  }
}

function namedTool(name: string, request: NeutralRequest, rules: ModelRules): Fields {
  const tool = request.tools.find((offered) => nameOf(offered) === name);
  const named = { name: shortToolName(name) };
  return isFunctionHere(tool, rules) ? { type: 'function', function: named } : { type: 'custom', custom: named };
}

/** Without tools there is nothing to choose, and OpenAI answers 400 to the field. */
function choiceWithoutTools(choice: ToolChoice | undefined): Fields {
  const isForced = choice?.kind === 'any' || choice?.kind === 'tool' || (choice?.kind === 'some' && choice.isForced);
  if (isForced) throw bad('tool_choice', 'asks for a tool where none is offered');
  return {};
}

function parallelSwitch({ parallelToolCalls }: NeutralRequest, rules: ModelRules, losses: Losses): boolean | undefined {
  if (parallelToolCalls === undefined || rules.takesParallelSwitch) return parallelToolCalls;
  if (parallelToolCalls === false) losses.add('parallel_tool_calls', 'this model takes no parallel_tool_calls');
  return undefined;
}

function checkNames(tools: readonly Fields[]): void {
  const seen = new Set<unknown>();
  for (const [index, tool] of tools.entries()) {
    const name = (asObject(tool['function']) ?? asObject(tool['custom']))?.['name'];
    if (name === undefined) continue;
    if (seen.has(name)) throw bad(`tools.${index}.name`, 'is the name of another tool too');
    seen.add(name);
  }
}
