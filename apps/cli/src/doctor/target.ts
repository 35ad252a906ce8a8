import type { ToolId } from '@ai-bridge/tool-setup';
import { zedKeyVariable } from '@ai-bridge/tool-setup';
import { valueAt } from '../edit/leaves.ts';
import type { Content, ToolFiles } from './tool-files.ts';

/** Where a tool's requests go, as its files and variables stand now. */
export interface Target {
  readonly protocol: 'messages' | 'responses' | 'chat' | 'gemini';
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly header: 'bearer' | 'x-api-key' | 'x-goog-api-key';
  readonly model: string | undefined;
  /** The variable that a key in the system's keychain can be given by instead. */
  readonly keychainVariable?: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;
type Reader = (files: ToolFiles, variables: Variables) => Target;

/** They stand for ids that only Claude Code knows. */
const claudeAliases = ['default', 'best', 'sonnet', 'opus', 'haiku', 'opusplan'];
/** Models that tools ask for unless told otherwise: good for one question. */
const usualModels = { claude: 'claude-sonnet-4-6', gemini: 'gemini-2.5-flash' };

/** What a tool's files and the variables come to. */
export function targetOf(tool: ToolId, files: ToolFiles, variables: Variables): Target {
  return readers[tool](files, variables);
}

const textAt = (content: Content | undefined, ...path: string[]): string | undefined => {
  const value = valueAt(content, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const readers: Readonly<Record<ToolId, Reader>> = {
  'claude-code'(files, variables) {
    const settings = files['claude-settings']?.content;
    const variable = (name: string) => textAt(settings, 'env', name) ?? (variables[name] || undefined);
    const token = variable('ANTHROPIC_AUTH_TOKEN');
    const chosen = variable('ANTHROPIC_MODEL') ?? textAt(settings, 'model');
    const named = chosen?.replace(/\[1m\]$/, '');
    const model = named === undefined || claudeAliases.includes(named) ? usualModels.claude : named;
    return {
      ...{ protocol: 'messages', url: variable('ANTHROPIC_BASE_URL'), model },
      ...{ key: token ?? variable('ANTHROPIC_API_KEY'), header: token ? 'bearer' : 'x-api-key' },
    };
  },
  codex(files, variables) {
    const config = files['codex-config']?.content;
    const provider = textAt(config, 'model_provider') ?? 'openai';
    const at = (name: string) => textAt(config, 'model_providers', provider, name);
    const variable = at('env_key');
    return {
      ...{ protocol: at('wire_api') === 'chat' ? 'chat' : 'responses', url: at('base_url'), header: 'bearer' },
      key: variable === undefined ? at('experimental_bearer_token') : variables[variable] || undefined,
      model: textAt(config, 'model'),
    };
  },
  opencode(files, variables) {
    const config = files['opencode-config']?.content;
    const [provider = '', ...rest] = (textAt(config, 'model') ?? '').split('/');
    const isAnthropic = provider === 'anthropic' || textAt(config, 'provider', provider, 'npm') === '@ai-sdk/anthropic';
    const option = (name: string) => textAt(config, 'provider', provider, 'options', name);
    const [, variable] = /^\{env:(.+)\}$/.exec(option('apiKey') ?? '') ?? [];
    return {
      ...{ protocol: isAnthropic ? 'messages' : 'chat', url: option('baseURL'), model: rest.join('/') || undefined },
      key: variable === undefined ? option('apiKey') : variables[variable] || undefined,
      header: isAnthropic ? 'x-api-key' : 'bearer',
    };
  },
  openclaw(files) {
    const config = files['openclaw-config']?.content;
    const [provider = '', ...rest] = (textAt(config, 'agents', 'defaults', 'model', 'primary') ?? '').split('/');
    const at = (name: string) => textAt(config, 'models', 'providers', provider, name);
    const isAnthropic = at('api') === 'anthropic-messages';
    return {
      ...{ protocol: isAnthropic ? 'messages' : 'chat', url: at('baseUrl'), key: at('apiKey') },
      ...{ header: isAnthropic ? 'x-api-key' : 'bearer', model: rest.join('/') || undefined },
    };
  },
  gemini(files, variables) {
    const file = files['gemini-env']?.content;
    // What the shell has is not overwritten by the file.
    const variable = (name: string) => variables[name] || textAt(file, name);
    return {
      ...{ protocol: 'gemini', url: variable('GOOGLE_GEMINI_BASE_URL'), key: variable('GEMINI_API_KEY') },
      header: 'x-goog-api-key',
      model:
        variable('GEMINI_MODEL') ?? textAt(files['gemini-settings']?.content, 'model', 'name') ?? usualModels.gemini,
    };
  },
  continue(files) {
    const models = valueAt(files['continue-config']?.content, ['models']);
    const list = (Array.isArray(models) ? models : []) as Content[];
    const entry = list.find((one) => textAt(one, 'apiBase') !== undefined);
    const isAnthropic = textAt(entry, 'provider') === 'anthropic';
    return {
      ...{ protocol: isAnthropic ? 'messages' : 'chat', url: textAt(entry, 'apiBase'), key: textAt(entry, 'apiKey') },
      ...{ header: isAnthropic ? 'x-api-key' : 'bearer', model: textAt(entry, 'model') },
    };
  },
  zed(files, variables) {
    const settings = files['zed-settings']?.content;
    const provider = textAt(settings, 'agent', 'default_model', 'provider') ?? '';
    const variable = zedKeyVariable(provider);
    return {
      ...{ protocol: 'chat', header: 'bearer', keychainVariable: variable, key: variables[variable] || undefined },
      url: textAt(settings, 'language_models', 'openai_compatible', provider, 'api_url'),
      model: textAt(settings, 'agent', 'default_model', 'model'),
    };
  },
  aider(files, variables) {
    const config = files['aider-config']?.content;
    const [vendor, ...rest] = (variables['AIDER_MODEL'] || textAt(config, 'model') || '').split('/');
    const model = rest.join('/') || undefined;
    if (vendor !== 'anthropic')
      return {
        ...{ protocol: 'chat', header: 'bearer', model },
        url: textAt(config, 'openai-api-base') ?? variables['OPENAI_API_BASE'],
        key: textAt(config, 'openai-api-key') ?? variables['OPENAI_API_KEY'],
      };
    const prefix = 'ANTHROPIC_API_BASE=';
    const lines = valueAt(config, ['set-env']);
    const line = (Array.isArray(lines) ? lines : []).find((one) => String(one).startsWith(prefix));
    return {
      ...{ protocol: 'messages', header: 'x-api-key', model },
      url: line === undefined ? variables['ANTHROPIC_API_BASE'] : String(line).slice(prefix.length),
      key: textAt(config, 'anthropic-api-key') ?? variables['ANTHROPIC_API_KEY'],
    };
  },
};
