import type { Connection } from './connection.ts';
import { type FileSettings, set, setIfAbsent } from './settings.ts';
import { defaultModels, isClaude, listedModels, needed, type ToolModel } from './tool-model.ts';

export function openclaw(connection: Connection): readonly FileSettings[] {
  const { id, key, isRelay, model, fastModel } = connection;
  const filled = { ...connection, model: model ?? (isRelay && fastModel === undefined ? defaultModels.claude : model) };
  const models = listedModels(filled);
  const byAnthropic = isRelay && models.every((one) => isClaude(one.id));
  return [
    {
      ...{ place: 'openclaw-config', format: 'json', holdsKey: true },
      settings: [
        setIfAbsent(['models', 'mode'], 'merge'),
        set(['models', 'providers', id], {
          baseUrl: needed(connection, byAnthropic ? 'anthropic' : 'openai'),
          apiKey: key,
          api: byAnthropic ? 'anthropic-messages' : 'openai-completions',
          models: models.map(listed),
        }),
        set(['agents', 'defaults', 'model', 'primary'], `${id}/${models[0]?.id}`),
      ],
    },
  ];
}

function listed({ id, label, contextTokens, maxOutputTokens: maxTokens }: ToolModel) {
  return { id, name: label, reasoning: false, input: ['text', 'image'], contextWindow: contextTokens, maxTokens };
}
