import type { Tool, ToolChoice, ToolNamespace } from '../neutral/request.ts';
import { invalid } from './fields.ts';
import type { Rendering } from './rendering.ts';

const protocol = 'openai-responses';

type Written = Record<string, unknown>;
type OwnTool = Tool & { kind: 'function' | 'freeform' };

/** The tools as they are offered here, those of one group together again. @throws RelayError for a tool that others run */
export function renderTools(rendering: Rendering): Written[] {
  const written: Written[] = [];
  let group: { namespace: ToolNamespace; tools: Written[] } | undefined;
  for (const [index, tool] of rendering.request.tools.entries()) {
    const path = `tools.${index}`;
    const namespace = 'namespace' in tool ? tool.namespace : undefined;
    if (!namespace) {
      group = undefined;
      written.push(renderTool(tool, path, rendering));
      continue;
    }
    if (group?.namespace.name !== namespace.name) {
      group = { namespace, tools: [] };
      written.push({ type: 'namespace', ...namespace, tools: group.tools });
    }
    group.tools.push(renderTool(tool, path, rendering));
  }
  return written;
}

function renderTool(tool: Tool, path: string, rendering: Rendering): Written {
  switch (tool.kind) {
    case 'function':
      return renderFunction(tool, path, rendering);
    case 'freeform':
      return { type: 'custom', ...headOf(tool, path, rendering), ...formatOf(tool.format) };
    case 'web_search':
      return tool.protocol === protocol ? (tool.value as Written) : webSearch(tool, path, rendering);
    case 'opaque':
      if (tool.protocol === protocol) return tool.value as Written;
      throw invalid(path, `the provider has no tool ${tool.name}`);
  }
}

function headOf(tool: OwnTool, path: string, rendering: Rendering): Written {
  const { extras, namespace, name, description } = tool;
  if (extras && extras.protocol !== protocol) {
    for (const field of Object.keys(extras.fields)) rendering.lose(`${path}.${field}`, `tools have no ${field} here`);
  }
  return {
    name: rendering.nameOf({ name, namespace: namespace?.name }).name,
    ...(description === undefined ? {} : { description }),
    ...(extras?.protocol === protocol ? extras.fields : {}),
  };
}

/** Without `strict` OpenAI takes a schema for a strict one where it can be; other protocols mean that it is not. */
function renderFunction(tool: Tool & { kind: 'function' }, path: string, rendering: Rendering): Written {
  if (tool.cache) rendering.loseMark(path);
  const head = { type: 'function', ...headOf(tool, path, rendering) };
  if (rendering.isOwn) {
    const strict = tool.isStrict === undefined ? {} : { strict: tool.isStrict };
    return { ...head, parameters: tool.schema ?? null, ...strict };
  }
  return { ...head, parameters: completed(tool.schema), strict: tool.isStrict === true };
}

/** Validators of compatible upstreams want `properties`, be it empty. */
function completed(schema: Readonly<Record<string, unknown>> = { type: 'object' }): Written {
  return schema['type'] === 'object' && schema['properties'] === undefined ? { ...schema, properties: {} } : schema;
}

/** A chat tool has its grammar one object deeper. */
function formatOf(format: unknown): Written {
  if (typeof format !== 'object' || format === null) return {};
  const { grammar, ...rest } = format as Written;
  return { format: typeof grammar === 'object' ? { ...rest, ...grammar } : format };
}

function webSearch(tool: Tool & { kind: 'web_search' }, path: string, rendering: Rendering): Written {
  const value = tool.value as Written | undefined;
  if (value?.['max_uses'] !== undefined) rendering.lose(`${path}.max_uses`, 'searches cannot be limited here');
  const filters = {
    ...(tool.allowedDomains ? { allowed_domains: tool.allowedDomains } : {}),
    ...(tool.blockedDomains ? { blocked_domains: tool.blockedDomains } : {}),
  };
  return {
    type: 'web_search',
    ...(Object.keys(filters).length === 0 ? {} : { filters }),
    ...(tool.location ? { user_location: { ...tool.location, type: 'approximate' } } : {}),
  };
}

/** Which tools may or must be called. */
export function renderToolChoice(choice: ToolChoice, rendering: Rendering): unknown {
  switch (choice.kind) {
    case 'any':
      return 'required';
    case 'auto':
    case 'none':
      return choice.kind;
    case 'tool':
      return chosen(choice.name, rendering);
    case 'some': {
      const mode = choice.isForced ? 'required' : 'auto';
      return { type: 'allowed_tools', mode, tools: choice.names.map((name) => chosen(name, rendering)) };
    }
  }
}

function chosen(name: string, rendering: Rendering): Written {
  const { tools } = rendering.request;
  const tool = tools.find((offered) => 'name' in offered && offered.kind !== 'opaque' && offered.name === name);
  if (!tool && name === 'web_search' && tools.some(({ kind }) => kind === 'web_search')) return { type: name };
  return { type: tool?.kind === 'freeform' ? 'custom' : 'function', ...rendering.nameOf({ name }) };
}
