import type { JsonObject } from '../json/parse.ts';
import type { NeutralRequest, Tool } from '../neutral/request.ts';
import { readCacheMark } from './cache-marks.ts';
import {
  badField,
  objectAt,
  optionalFlag,
  optionalObject,
  optionalText,
  optionalTexts,
  otherFields,
  requiredText,
} from './fields.ts';

const protocol = 'anthropic-messages';
const functionFields = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control']);

/** @throws RelayError invalid_request */
export function parseTools(tools: readonly unknown[]): readonly Tool[] {
  return tools.map((entry, index) => {
    const path = `tools.${index}.`;
    const tool = objectAt(entry, `tools.${index}`);
    const type = optionalText(tool, 'type', path) ?? 'custom';
    if (type.startsWith('web_search_')) return parseWebSearch(tool, path);
    return type === 'custom' ? parseFunction(tool, path) : { kind: 'opaque', protocol, name: type, value: tool };
  });
}

function parseFunction(tool: JsonObject, path: string): Tool {
  const fields = otherFields(tool, functionFields);
  return {
    kind: 'function',
    name: requiredText(tool, 'name', path),
    description: optionalText(tool, 'description', path),
    schema: optionalObject(tool, 'input_schema', path),
    isStrict: optionalFlag(tool, 'strict', path),
    cache: readCacheMark(tool, path),
    ...(fields ? { extras: { protocol, fields } } : {}),
  };
}

function parseWebSearch(tool: JsonObject, path: string): Tool {
  const location = Object.entries(optionalObject(tool, 'user_location', path) ?? {}).filter(
    (entry): entry is [string, string] => entry[0] !== 'type' && typeof entry[1] === 'string',
  );
  return {
    kind: 'web_search',
    allowedDomains: optionalTexts(tool, 'allowed_domains', path),
    blockedDomains: optionalTexts(tool, 'blocked_domains', path),
    location: location.length > 0 ? Object.fromEntries(location) : undefined,
    protocol,
    value: tool,
  };
}

/** @throws RelayError invalid_request */
export function parseToolChoice(
  choice: JsonObject | undefined,
): Pick<NeutralRequest, 'toolChoice' | 'parallelToolCalls'> {
  if (!choice) return {};
  const path = 'tool_choice.';
  const parallelToolCalls = optionalFlag(choice, 'disable_parallel_tool_use', path) ? false : undefined;
  const type = requiredText(choice, 'type', path);
  switch (type) {
    case 'auto':
    case 'any':
    case 'none':
      return { toolChoice: { kind: type }, parallelToolCalls };
    case 'tool':
      return { toolChoice: { kind: 'tool', name: requiredText(choice, 'name', path) }, parallelToolCalls };
    default:
      throw badField('tool_choice.type', 'must be auto, any, tool or none');
  }
}
