import type { FileSettings, ToolId } from '@ai-bridge/tool-setup';
import type { Disk } from '../disk/disk.ts';
import { valueAt } from '../edit/leaves.ts';
import type { DoctorTexts } from '../language/doctor-texts.ts';
import type { Surroundings } from '../surroundings.ts';
import { pathsFor } from '../tools/places.ts';
import type { Finding } from './check.ts';
import { BrokenFile, type Content, readContent, type ToolFiles } from './tool-files.ts';

export interface ShadowInput {
  readonly files: ToolFiles;
  readonly surroundings: Surroundings;
  readonly disk: Disk;
  readonly texts: DoctorTexts;
}

/** What stands in the way of a tool's own files: variables of the shell, and files of the project one is in. */
export function shadowsOf(tool: ToolId, input: ShadowInput): readonly Finding[] {
  return finders[tool]?.(input) ?? [];
}

const finders: { readonly [tool in ToolId]?: (input: ShadowInput) => readonly Finding[] } = {
  'claude-code': claudeShadows,
  codex: codexShadows,
  gemini: geminiShadows,
  opencode(input) {
    const { whatProvider } = input.texts;
    const names = ['model', 'provider'];
    return [
      ...['OPENCODE_CONFIG', 'OPENCODE_CONFIG_CONTENT'].flatMap((name) => taking(input, name, whatProvider, 'warning')),
      ...projectFile(input, ['opencode.json'], 'json', (content) => names.find((name) => content[name] !== undefined)),
      ...projectFile(input, ['opencode.jsonc'], 'json', (content) => names.find((name) => content[name] !== undefined)),
    ];
  },
  aider(input) {
    const config = input.files['aider-config']?.content;
    const names = ['model', 'openai-api-base', 'openai-api-key', 'anthropic-api-key'] as const;
    const fromShell = names.flatMap((name) => {
      const variable = `AIDER_${name.toUpperCase().replaceAll('-', '_')}`;
      return differing(input, variable, config?.[name], 'aider-config');
    });
    const keys = ['ANTHROPIC_API_BASE', 'ANTHROPIC_API_KEY', 'OPENAI_API_BASE', 'OPENAI_API_KEY'];
    return [
      ...fromShell,
      ...projectFile(input, ['.aider.conf.yml'], 'yaml', (content) =>
        names.find((name) => content[name] !== undefined),
      ),
      ...projectFile(input, ['.env'], 'dotenv', (content) => keys.find((name) => content[name] !== undefined)),
    ];
  },
};

function claudeShadows(input: ShadowInput): readonly Finding[] {
  const { files, surroundings, texts } = input;
  const settings = files['claude-settings'];
  const inFile = (name: string) => valueAt(settings?.content, ['env', name]);
  const inEither = (name: string) => inFile(name) ?? (surroundings.variables[name] || undefined);
  const found: Finding[] = [];
  const [token, key] = ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'] as const;
  if (inEither(token) !== undefined && inEither(key) !== undefined && inEither(token) !== inEither(key)) {
    const stray = inFile(key) === undefined ? key : token;
    const inSettings = inFile(stray) !== undefined && settings !== undefined;
    const next = inSettings ? texts.removeFrom(stray, settings.path) : texts.unset(stray);
    found.push({ status: 'fault', text: texts.twoKeys(token, key), next });
  }
  // settings.json wins, but people and other tools look at the shell.
  for (const name of ['ANTHROPIC_BASE_URL', token, key, 'ANTHROPIC_MODEL']) {
    const shell = surroundings.variables[name];
    if (!shell || inFile(name) === undefined || inFile(name) === shell) continue;
    const text = texts.shadowed(name, texts.inShell, settings?.path ?? '');
    found.push({ status: 'warning', text, next: texts.unset(name) });
  }
  for (const name of ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'])
    if (inFile(name) === undefined) found.push(...taking(input, name, texts.whatAddress, 'fault'));
    else found.push(inSettings(name, texts.whatAddress, settings?.path, texts));
  if (settings?.content['apiKeyHelper'] !== undefined)
    found.push(inSettings('apiKeyHelper', texts.whatKey, settings.path, texts));
  const ours = (content: Content) =>
    ['ANTHROPIC_BASE_URL', token, key].find((name) => valueAt(content, ['env', name]) !== undefined);
  const projects = ['settings.json', 'settings.local.json'];
  return [...found, ...projects.flatMap((name) => projectFile(input, ['.claude', name], 'json', ours))];
}

const inSettings = (name: string, what: string, path: string | undefined, texts: DoctorTexts): Finding => {
  return { status: 'fault', text: texts.overrides(name, what), next: texts.removeFrom(name, path ?? '') };
};

function codexShadows(input: ShadowInput): readonly Finding[] {
  const { files, texts } = input;
  const config = files['codex-config'];
  const found: Finding[] = [];
  const providers = valueAt(config?.content, ['model_providers']) ?? {};
  for (const [id, provider] of Object.entries(providers))
    if (valueAt(provider, ['wire_api']) === 'chat')
      found.push({ status: 'fault', text: texts.codexChat(id), next: texts.codexChatNext });
  const profile = config?.content['profile'];
  const own = valueAt(config?.content, ['profiles', String(profile), 'model_provider']);
  if (config && own !== undefined && own !== config.content['model_provider']) {
    const name = `profiles.${profile}.model_provider`;
    const text = texts.overrides(name, texts.whatProvider);
    found.push({ status: 'fault', text, next: texts.removeFrom(name, config.path) });
  }
  const ours = (content: Content) => ['model_provider', 'profile'].find((name) => content[name] !== undefined);
  return [
    ...found,
    ...taking(input, 'CODEX_API_KEY', texts.whatKey, 'warning'),
    ...projectFile(input, ['.codex', 'config.toml'], 'toml', ours),
  ];
}

function geminiShadows(input: ShadowInput): readonly Finding[] {
  const { files, texts } = input;
  const env = files['gemini-env']?.content;
  const names = ['GOOGLE_GEMINI_BASE_URL', 'GEMINI_API_KEY'];
  const ours = (content: Content) => names.find((name) => content[name] !== undefined) ?? '.env';
  return [
    ...names.flatMap((name) => differing(input, name, env?.[name], 'gemini-env')),
    ...['GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_GENAI_USE_GCA'].flatMap((name) =>
      taking(input, name, texts.whatAddress, 'fault'),
    ),
    // Of all .env files Gemini CLI reads the nearest one only.
    ...projectFile(input, ['.gemini', '.env'], 'dotenv', ours),
    ...projectFile(input, ['.env'], 'dotenv', ours),
  ];
}

/** The shell says something else than the file, and wins. */
function differing(input: ShadowInput, name: string, value: unknown, place: keyof ToolFiles): Finding[] {
  const { surroundings, texts, files } = input;
  const shell = surroundings.variables[name];
  if (!shell || value === undefined || shell === value) return [];
  const text = texts.shadowed(name, files[place]?.path ?? '', texts.inShell);
  return [{ status: 'fault', text, next: texts.unset(name) }];
}

/** A variable whose mere presence turns the tool elsewhere. */
function taking(
  { surroundings, texts }: ShadowInput,
  name: string,
  what: string,
  status: Finding['status'],
): Finding[] {
  const value = surroundings.variables[name];
  if (!value || value === '0' || value === 'false') return [];
  return [{ status, text: texts.overrides(name, what), next: texts.unset(name) }];
}

/** A file of the folder one is in, or of one above it, up to home, that says something of its own. */
function projectFile(
  { surroundings, disk, texts, files }: ShadowInput,
  names: readonly string[],
  format: FileSettings['format'],
  says: (content: Content) => string | undefined,
): Finding[] {
  const { join, dirname } = pathsFor(surroundings.platform);
  const own = new Set(Object.values(files).map((file) => file.path));
  for (let folder = surroundings.workingFolder; folder !== surroundings.homeFolder; folder = dirname(folder)) {
    const path = join(folder, ...names);
    const content = own.has(path) ? undefined : readable(path, format, disk);
    const name = content && says(content);
    if (name !== undefined)
      return [{ status: 'warning', text: texts.inProject(name, path), next: texts.removeFrom(name, path) }];
    if (dirname(folder) === folder) break;
  }
  return [];
}

function readable(path: string, format: FileSettings['format'], disk: Disk): Content | undefined {
  try {
    return readContent(path, format, disk);
  } catch (error) {
    // Another tool's file of the same name is none of our business.
    if (error instanceof BrokenFile) return undefined;
    throw error;
  }
}
