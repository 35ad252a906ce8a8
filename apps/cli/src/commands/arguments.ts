import { parseArgs } from 'node:util';
import { type ToolId, toolIds } from '@ai-bridge/tool-setup';
import type { Texts } from '../language/texts.ts';
import { UserError } from '../user-error.ts';

const options = {
  'code-type': { type: 'string', short: 'T' },
  provider: { type: 'string', short: 'p' },
  'api-key': { type: 'string', short: 'k' },
  'api-url': { type: 'string', short: 'u' },
  'api-type': { type: 'string', short: 't' },
  'api-model': { type: 'string', short: 'M' },
  'api-fast-model': { type: 'string', short: 'F' },
  name: { type: 'string', short: 'n' },
  'skip-prompt': { type: 'boolean', short: 's' },
  'api-configs': { type: 'string' },
  'api-configs-file': { type: 'string' },
  list: { type: 'boolean', short: 'l' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type Options = {
  readonly [name in keyof typeof options]?:
    | ((typeof options)[name] extends { type: 'string' } ? string : boolean)
    | undefined;
};

export interface Arguments {
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly options: Options;
}

/** @throws UserError for an option that there is not */
export function readArguments(given: readonly string[], texts: Texts): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true });
    const [command, ...words] = positionals;
    return { command, words, options: values };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    const [reason = ''] = (error as Error).message.split('. ');
    throw new UserError(texts.error.badArgument(`${reason.replace(/\.$/, '')}.`));
  }
}

/** Names that people type besides a tool's own. */
const otherNames: Readonly<Record<string, ToolId>> = {
  cc: 'claude-code',
  claude: 'claude-code',
  cx: 'codex',
  'gemini-cli': 'gemini',
};

/** The tool that a name means. @throws UserError */
export function toolNamed(name: string, texts: Texts): ToolId {
  const found = toolIds.find((id) => id === name) ?? otherNames[name];
  if (found) return found;
  throw new UserError(texts.error.unknownTool(name, toolIds.join(', ')));
}
