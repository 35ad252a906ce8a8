import type { Connection } from './connection.ts';
import { type FileSettings, set } from './settings.ts';
import { listedModels, needed } from './tool-model.ts';

/** Zed keeps keys in the system's keychain, or reads this variable: the provider's name in capitals. */
export const zedKeyVariable = (label: string): string =>
  `${label
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')}_API_KEY`;

export function zed(connection: Connection): readonly FileSettings[] {
  const { label } = connection;
  const models = listedModels(connection);
  const [first] = models;
  return [
    {
      ...{ place: 'zed-settings', format: 'json', holdsKey: false },
      settings: [
        set(['language_models', 'openai_compatible', label], {
          api_url: needed(connection, 'openai'),
          available_models: models.map(({ id, label: display_name, contextTokens }) => {
            return { name: id, display_name, max_tokens: contextTokens };
          }),
        }),
        set(['agent', 'default_model'], { provider: label, model: first?.id ?? '' }),
      ],
    },
  ];
}
