import type { Connection } from './connection.ts';
import { type FileSettings, set, setIfAbsent, type Value } from './settings.ts';
import { defaultModels, needed } from './tool-model.ts';

/** The variable that the docs' own set-up has the key in. */
export const codexKeyVariable = 'AI_BRIDGE_API_KEY';

/** Codex' section of a provider, in the order in which it is written. @param keyField how Codex comes by the key */
export function codexProvider(connection: Connection, keyField: readonly [name: string, value: string]) {
  return Object.entries({
    name: connection.label,
    base_url: needed(connection, 'openai'),
    [keyField[0]]: keyField[1],
    wire_api: connection.openaiWire,
  }) as readonly (readonly [string, Value])[];
}

export function codex(connection: Connection): readonly FileSettings[] {
  const { id, model, key, isRelay } = connection;
  // The key beside the address, not in auth.json: a sign-in with OpenAI stays whole, and is never sent to anybody else.
  const provider = codexProvider(connection, ['experimental_bearer_token', key]);
  const chosen = model === undefined && isRelay ? setIfAbsent(['model'], defaultModels.codex) : undefined;
  const { contextTokens } = (model === undefined || isOpenAi(model) ? undefined : connection.modelSizes?.[model]) ?? {};
  return [
    {
      ...{ place: 'codex-config', format: 'toml', holdsKey: true },
      settings: [
        ...(chosen ? [chosen] : []),
        ...(model === undefined ? [] : [set(['model'], model)]),
        ...(contextTokens === undefined ? [] : [set(['model_context_window'], contextTokens)]),
        set(['model_provider'], id),
        ...provider.map(([name, value]) => set(['model_providers', id, name], value)),
      ],
    },
  ];
}

/** Codex knows the sizes of these by itself; of others it assumes one. */
const isOpenAi = (model: string) => /^(gpt-|o\d|codex)/.test(model);

/** The same as text, for people to paste: the key stays in a variable. */
export function codexText(connection: Connection): string {
  const provider = codexProvider(connection, ['env_key', codexKeyVariable]);
  return [
    `model = ${JSON.stringify(connection.model ?? defaultModels.codex)}`,
    `model_provider = ${JSON.stringify(connection.id)}`,
    '',
    `[model_providers.${connection.id}]`,
    ...provider.map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
  ].join('\n');
}
