import type { Connection } from './connection.ts';
import { type FileSettings, item, type Setting, set } from './settings.ts';
import { defaultModels, isClaude, listedModels, needed } from './tool-model.ts';

export function aider(connection: Connection): readonly FileSettings[] {
  const { isRelay, key, fastModel } = connection;
  const main = isRelay ? (connection.model ?? defaultModels.claude) : (listedModels(connection)[0]?.id ?? '');
  // LiteLLM tells protocols apart by what stands before the model's name.
  const named = (model: string) => `${isRelay && isClaude(model) ? 'anthropic' : 'openai'}/${model}`;
  const base = `ANTHROPIC_API_BASE=${connection.anthropicUrl}`;
  const anthropic: Setting[] = [set(['anthropic-api-key'], key), item(['set-env'], base, 'ANTHROPIC_API_BASE=')];
  return [
    {
      ...{ place: 'aider-config', format: 'yaml', holdsKey: true },
      settings: [
        set(['model'], named(main)),
        ...(fastModel === undefined ? [] : [set(['weak-model'], named(fastModel))]),
        ...(isRelay ? anthropic : []),
        set(['openai-api-base'], needed(connection, 'openai')),
        set(['openai-api-key'], key),
      ],
    },
  ];
}
