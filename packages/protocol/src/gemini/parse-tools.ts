import { asObject, type JsonObject } from '../json/parse.ts';
import type { Tool, ToolChoice } from '../neutral/request.ts';
import { arrayOf, bad, objectOf, otherFields, readObject, requiredTextOf, textOf, textsOf } from './fields.ts';
import type { Losses } from './losses.ts';
import { readGoogleSchema } from './schema-read.ts';

const declarationFields: ReadonlySet<string> = new Set(['name', 'description', 'parameters', 'parametersJsonSchema']);

/** One entry of Gemini's `tools` may hold several tools: each field of it is one, `functionDeclarations` a list of them. */
export function parseTools(tools: readonly unknown[], losses: Losses): readonly Tool[] {
  return tools.flatMap((entry, index) => {
    const path = `tools.${index}`;
    const fields = readObject(entry, path);
    return Object.keys(fields).flatMap((name): readonly Tool[] => {
      if (name !== 'functionDeclarations') return [parseServerTool(name, fields, path)];
      const at = `${path}.${name}`;
      return arrayOf(fields, name, path).map((declaration, place) =>
        parseFunction(declaration, `${at}.${place}`, losses),
      );
    });
  });
}

function parseServerTool(name: string, fields: JsonObject, path: string): Tool {
  const value = { [name]: fields[name] };
  if (name !== 'googleSearch' && name !== 'googleSearchRetrieval') {
    return { kind: 'opaque', protocol: 'gemini', name, value };
  }
  const blocked = textsOf(objectOf(fields, name, path) ?? {}, 'excludeDomains', `${path}.${name}`);
  return { kind: 'web_search', protocol: 'gemini', value, ...(blocked.length > 0 && { blockedDomains: blocked }) };
}

function parseFunction(entry: unknown, path: string, losses: Losses): Tool {
  const declaration = readObject(entry, path);
  for (const [field] of otherFields(declaration, declarationFields, path)) {
    losses.once(field, 'declarations of functions keep their name, description and parameters');
  }
  const description = textOf(declaration, 'description', path);
  const schema = readSchema(declaration, path);
  return {
    kind: 'function',
    name: requiredTextOf(declaration, 'name', path),
    ...(description !== undefined && { description }),
    ...(schema && { schema }),
  };
}

function readSchema(declaration: JsonObject, path: string): JsonObject | undefined {
  const parameters = objectOf(declaration, 'parameters', path);
  const full = declaration['parametersJsonSchema'];
  if (full === undefined) return parameters && readGoogleSchema(parameters);
  if (parameters) throw bad(`${path}.parameters`, 'must not stand beside parametersJsonSchema');
  const schema = asObject(full);
  if (!schema) throw bad(`${path}.parametersJsonSchema`, 'must be an object');
  return schema;
}

/** What the client says of tools besides offering them. */
export interface ToolSettings {
  readonly choice: ToolChoice | undefined;
  readonly extras: readonly (readonly [path: string, value: unknown])[];
}

const callingFields: ReadonlySet<string> = new Set(['mode', 'allowedFunctionNames']);

export function parseToolConfig(config: JsonObject | undefined): ToolSettings {
  if (!config) return { choice: undefined, extras: [] };
  const extras = otherFields(config, new Set(['functionCallingConfig']), 'toolConfig');
  const calling = objectOf(config, 'functionCallingConfig', 'toolConfig');
  if (!calling) return { choice: undefined, extras };
  const path = 'toolConfig.functionCallingConfig';
  extras.push(...otherFields(calling, callingFields, path));
  const mode = textOf(calling, 'mode', path)?.toUpperCase();
  const names = textsOf(calling, 'allowedFunctionNames', path);
  // VALIDATED is AUTO with arguments that are sure to fit their schema.
  if (mode === 'VALIDATED' && names.length === 0) extras.push([`${path}.mode`, mode]);
  return { choice: choiceOf(mode, names, `${path}.mode`), extras };
}

function choiceOf(mode: string | undefined, names: readonly string[], path: string): ToolChoice | undefined {
  const [name] = names;
  switch (mode) {
    case undefined:
    case 'MODE_UNSPECIFIED':
      return name === undefined ? undefined : { kind: 'some', names, isForced: false };
    case 'AUTO':
    case 'VALIDATED':
      return name === undefined ? { kind: 'auto' } : { kind: 'some', names, isForced: false };
    case 'ANY':
      if (name === undefined) return { kind: 'any' };
      return names.length === 1 ? { kind: 'tool', name } : { kind: 'some', names, isForced: true };
    case 'NONE':
      return { kind: 'none' };
    default:
      throw bad(path, 'must be AUTO, ANY, NONE or VALIDATED');
  }
}
