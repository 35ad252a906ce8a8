import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { Tool, ToolChoice } from '../neutral/request.ts';
import { cacheMarkOf } from './parse-parts.ts';
import { objectAt, optionalArray, optionalFlag, optionalObject, optionalText, textAt } from './read.ts';

/**
 * Everything a Chat request offers: tools, the functions of before there were tools, and the web search that is a field of its own.
 * @throws RelayError invalid_request with the path of what is malformed
 */
export function parseTools(fields: JsonObject): Tool[] {
  const tools = optionalArray(fields['tools'], 'tools') ?? [];
  const functions = optionalArray(fields['functions'], 'functions') ?? [];
  const webSearch = optionalObject(fields['web_search_options'], 'web_search_options');
  return [
    ...tools.map((tool, index) => parseTool(objectAt(tool, `tools.${index}`), `tools.${index}`)),
    ...functions.map((tool, index) => parseFunction(objectAt(tool, `functions.${index}`), `functions.${index}`)),
    ...(webSearch ? [parseWebSearch(webSearch)] : []),
  ];
}

function parseTool(tool: JsonObject, path: string): Tool {
  const type = asText(tool['type']) ?? 'function';
  if (type === 'custom') return parseCustom(objectAt(tool['custom'], `${path}.custom`), `${path}.custom`);
  if (type !== 'function') return { kind: 'opaque', protocol: 'openai-chat', name: type, value: tool };
  const declared = parseFunction(objectAt(tool['function'], `${path}.function`), `${path}.function`);
  const cache = cacheMarkOf(tool);
  return cache && declared.kind === 'function' ? { ...declared, cache } : declared;
}

function parseFunction(declared: JsonObject, path: string): Tool {
  return {
    kind: 'function',
    name: textAt(declared['name'], `${path}.name`),
    description: optionalText(declared['description'], `${path}.description`),
    schema: optionalObject(declared['parameters'], `${path}.parameters`),
    isStrict: optionalFlag(declared['strict'], `${path}.strict`),
  };
}

function parseCustom(custom: JsonObject, path: string): Tool {
  return {
    kind: 'freeform',
    name: textAt(custom['name'], `${path}.name`),
    description: optionalText(custom['description'], `${path}.description`),
    format: custom['format'],
  };
}

function parseWebSearch(options: JsonObject): Tool {
  const approximate = asObject(asObject(options['user_location'])?.['approximate']);
  const known = approximate && Object.entries(approximate).filter(([, value]) => typeof value === 'string');
  const location = known && (Object.fromEntries(known) as Record<string, string>);
  return { kind: 'web_search', location, protocol: 'openai-chat', value: options };
}

/**
 * Which tool the client wants called.
 * @returns undefined where it does not say, and 'unknown' where it says what no other protocol knows
 */
export function parseToolChoice(fields: JsonObject): ToolChoice | 'unknown' | undefined {
  const choice = fields['tool_choice'] ?? fields['function_call'];
  if (choice === undefined || choice === null) return undefined;
  if (typeof choice === 'string') return choiceOfWord(choice);
  const object = objectAt(choice, 'tool_choice');
  const subset = asObject(object['allowed_tools']);
  if (subset) return parseSubset(subset);
  const name = nameOf(object);
  return name === undefined ? 'unknown' : { kind: 'tool', name };
}

function choiceOfWord(word: string): ToolChoice | 'unknown' {
  if (word === 'auto' || word === 'none') return { kind: word };
  return word === 'required' || word === 'any' ? { kind: 'any' } : 'unknown';
}

function parseSubset(subset: JsonObject): ToolChoice | 'unknown' {
  const tools = optionalArray(subset['tools'], 'tool_choice.allowed_tools.tools') ?? [];
  const names = tools.map((tool) => nameOf(asObject(tool) ?? {}));
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length) return 'unknown';
  return { kind: 'some', names: known, isForced: subset['mode'] === 'required' };
}

/** Of `{type, function: {name}}`, `{type, custom: {name}}` and the legacy `{name}`. */
function nameOf(choice: JsonObject): string | undefined {
  const named = asObject(choice['function']) ?? asObject(choice['custom']) ?? choice;
  return asText(named['name']);
}
