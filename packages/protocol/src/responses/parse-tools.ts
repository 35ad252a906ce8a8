import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { Tool, ToolChoice, ToolNamespace } from '../neutral/request.ts';
import { flagField, invalid, listField, objectAt, objectField, requiredText, restOf, textField } from './fields.ts';
import { namespacedName } from './namespaces.ts';

const protocol = 'openai-responses';
const functionFields = new Set(['type', 'name', 'description', 'parameters', 'strict']);
const customFields = new Set(['type', 'name', 'description', 'format']);

/** The tools offered, those of a group with its name before their own. */
export function parseTools(body: JsonObject): Tool[] {
  return listField(body, 'tools').flatMap((value, index) =>
    parseTool(objectAt(value, `tools.${index}`), `tools.${index}.`),
  );
}

function parseTool(tool: JsonObject, at: string): Tool[] {
  const type = requiredText(tool, 'type', at);
  if (type === 'function' || type === 'custom') return [parseOwnTool(tool, undefined, at)];
  if (type === 'namespace') return parseNamespace(tool, at);
  if (type.startsWith('web_search')) return [webSearch(tool, at)];
  return [{ kind: 'opaque', protocol, name: type, value: tool }];
}

/** A tool that the client itself runs. */
function parseOwnTool(tool: JsonObject, namespace: ToolNamespace | undefined, at: string): Tool {
  const name = requiredText(tool, 'name', at);
  const shared = {
    name: namespace ? namespacedName(namespace.name, name) : name,
    description: textField(tool, 'description', at),
    ...(namespace ? { namespace } : {}),
  };
  if (tool['type'] === 'custom') {
    const format = tool['format'] ?? undefined;
    return {
      kind: 'freeform',
      ...shared,
      ...(format === undefined ? {} : { format }),
      ...extrasOf(tool, customFields),
    };
  }
  const schema = objectField(tool, 'parameters', at);
  const isStrict = flagField(tool, 'strict', at);
  return { kind: 'function', ...shared, schema, isStrict, ...extrasOf(tool, functionFields) };
}

function extrasOf(tool: JsonObject, known: ReadonlySet<string>): Pick<Tool & { kind: 'function' }, 'extras'> {
  const fields = restOf(tool, known);
  return fields ? { extras: { protocol, fields } } : {};
}

/** A group that holds something else than functions and custom tools stays whole. */
function parseNamespace(tool: JsonObject, at: string): Tool[] {
  const namespace = { name: requiredText(tool, 'name', at), description: textField(tool, 'description', at) };
  const tools = listField(tool, 'tools', at).map((value, index) => objectAt(value, `${at}tools.${index}`));
  if (!tools.every(({ type }) => type === 'function' || type === 'custom')) {
    return [{ kind: 'opaque', protocol, name: 'namespace', value: tool }];
  }
  return tools.map((inner, index) => parseOwnTool(inner, namespace, `${at}tools.${index}.`));
}

function webSearch(tool: JsonObject, at: string): Tool {
  const filters = objectField(tool, 'filters', at);
  const location = Object.entries(objectField(tool, 'user_location', at) ?? {}).filter(
    (entry): entry is [string, string] => entry[0] !== 'type' && typeof entry[1] === 'string',
  );
  return {
    kind: 'web_search',
    allowedDomains: filters && domainsOf(filters, 'allowed_domains', `${at}filters.`),
    blockedDomains: filters && domainsOf(filters, 'blocked_domains', `${at}filters.`),
    location: location.length === 0 ? undefined : Object.fromEntries(location),
    protocol,
    value: tool,
  };
}

function domainsOf(filters: JsonObject, name: string, at: string): string[] | undefined {
  const domains = listField(filters, name, at);
  if (domains.length === 0) return undefined;
  return domains.map((domain, index) => {
    if (typeof domain !== 'string') throw invalid(`${at}${name}.${index}`, 'must be a string');
    return domain;
  });
}

/** @returns undefined where the client did not say, or chose a tool that only OpenAI runs */
export function parseToolChoice(value: unknown): ToolChoice | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === 'auto' || value === 'none') return { kind: value };
  if (value === 'required') return { kind: 'any' };
  const choice = asObject(value);
  if (!choice) throw invalid('tool_choice', 'must be none, auto, required or an object');
  const name = nameOf(choice);
  switch (choice['type']) {
    case 'function':
    case 'custom':
      if (name === undefined) throw invalid('tool_choice.name', 'is required');
      return { kind: 'tool', name };
    case 'allowed_tools': {
      const names = listField(choice, 'tools', 'tool_choice.').map((tool) => nameOf(asObject(tool)));
      const known = names.filter((allowed) => allowed !== undefined);
      return { kind: 'some', names: known, isForced: choice['mode'] === 'required' };
    }
    default:
      return undefined;
  }
}

function nameOf(tool: JsonObject | undefined): string | undefined {
  const name = asText(tool?.['name']);
  const namespace = asText(tool?.['namespace']);
  return name && namespace ? namespacedName(namespace, name) : name;
}
