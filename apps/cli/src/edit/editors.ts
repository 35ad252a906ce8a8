import type { FileSettings } from '@ai-bridge/tool-setup';
import { dotenvEditor } from './dotenv.ts';
import type { Editor } from './editor.ts';
import { jsonEditor } from './json.ts';
import { tomlEditor } from './toml.ts';
import { yamlEditor } from './yaml.ts';

export const editors: Readonly<Record<FileSettings['format'], Editor>> = {
  json: jsonEditor,
  toml: tomlEditor,
  yaml: yamlEditor,
  dotenv: dotenvEditor,
};
