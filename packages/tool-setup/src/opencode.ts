import type { Connection } from './connection.ts';
import { type FileSettings, set, setIfAbsent, type Value } from './settings.ts';
import { defaultModels, isClaude, listedModels, needed, toolModel } from './tool-model.ts';

const schema = setIfAbsent(['$schema'], 'https://opencode.ai/config.json');

export function opencode(connection: Connection): readonly FileSettings[] {
  const { id, label, key, isRelay, model, fastModel } = connection;
  const baseURL = needed(connection, 'openai');
  // Claude goes by its own provider, so that cache marks and thinking pass unchanged.
  const named = (asked: string) => `${isRelay && isClaude(asked) ? 'anthropic' : id}/${asked}`;
  const asked = [model, fastModel].filter((one) => one !== undefined);
  const others = isRelay ? asked.filter((one) => !isClaude(one)) : listedModels(connection).map((one) => one.id);
  const models = others.length > 0 ? others : isRelay ? [defaultModels.openai, defaultModels.gemini] : [];
  const main = model ?? (isRelay ? defaultModels.claude : models[0]);
  // Without one, OpenCode asks for a small model of its own choice, which need not be served here.
  const fast = fastModel ?? (isRelay ? (model ?? defaultModels.claudeFast) : undefined);
  const options = { baseURL, apiKey: key };
  const anthropic = Object.entries(options).map(([name, value]) =>
    set(['provider', 'anthropic', 'options', name], value),
  );
  return [
    {
      ...{ place: 'opencode-config', format: 'json', holdsKey: true },
      settings: [
        schema,
        ...(isRelay ? anthropic : []),
        // OpenCode refuses a model that it does not know of; what it knows of one is kept.
        ...(isRelay ? asked.filter(isClaude) : []).map((one) =>
          setIfAbsent(['provider', 'anthropic', 'models', one], described(connection, one)),
        ),
        set(['provider', id], {
          ...{ npm: '@ai-sdk/openai-compatible', name: label, options },
          models: Object.fromEntries(models.map((one) => [one, described(connection, one)])),
        }),
        ...(main === undefined ? [] : [set(['model'], named(main))]),
        ...(fast === undefined ? [] : [set(['small_model'], named(fast))]),
      ],
    },
  ];
}

/** Without a model's size OpenCode never compacts a conversation by itself. */
function described({ modelSizes }: Connection, model: string): Value {
  if (modelSizes?.[model] === undefined) return {};
  const { contextTokens, maxOutputTokens } = toolModel(model, modelSizes);
  return { limit: { context: contextTokens, output: maxOutputTokens } };
}
