import type { Connection } from './connection.ts';
import { type FileSettings, item, setIfAbsent } from './settings.ts';
import { isClaude, listedModels, needed, type ToolModel } from './tool-model.ts';

export function continueDev(connection: Connection): readonly FileSettings[] {
  const entry = (model: ToolModel) => item(['models'], modelEntry(connection, model), ['name', 'apiBase']);
  return [
    {
      ...{ place: 'continue-config', format: 'yaml', holdsKey: true },
      settings: [
        setIfAbsent(['name'], 'My config'),
        setIfAbsent(['version'], '1.0.0'),
        setIfAbsent(['schema'], 'v1'),
        ...listedModels(connection).map(entry),
      ],
    },
  ];
}

function modelEntry(connection: Connection, { id, label, contextTokens }: ToolModel) {
  return {
    name: label,
    provider: connection.isRelay && isClaude(id) ? 'anthropic' : 'openai',
    model: id,
    apiBase: needed(connection, 'openai'),
    apiKey: connection.key,
    roles: ['chat', 'edit', 'apply'],
    ...(connection.modelSizes?.[id] && { defaultCompletionOptions: { contextLength: contextTokens } }),
  };
}
