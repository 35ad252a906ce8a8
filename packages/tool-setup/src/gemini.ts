import type { Connection } from './connection.ts';
import { type FileSettings, set } from './settings.ts';
import { needed } from './tool-model.ts';

export function gemini(connection: Connection): readonly FileSettings[] {
  const { key, model } = connection;
  return [
    {
      ...{ place: 'gemini-settings', format: 'json', holdsKey: false },
      settings: [
        set(['security', 'auth', 'selectedType'], 'gemini-api-key'),
        ...(model === undefined ? [] : [set(['model', 'name'], model)]),
      ],
    },
    {
      ...{ place: 'gemini-env', format: 'dotenv', holdsKey: true },
      settings: [set(['GOOGLE_GEMINI_BASE_URL'], needed(connection, 'gemini')), set(['GEMINI_API_KEY'], key)],
    },
  ];
}
