import type { Connection } from './connection.ts';
import { type FileSettings, remove, type Setting, set, setIfAbsent } from './settings.ts';
import { isClaude, needed } from './tool-model.ts';

/** Claude Code keeps which keys a person has agreed to by their last characters. */
const approvedCharacters = 20;

/** The variables that point Claude Code at a connection; both kinds of key at once would be a conflict. */
export function claudeVariables(connection: Connection): Readonly<Record<string, string>> {
  const { auth, key, model, fastModel } = connection;
  const keyVariable = auth === 'api_key' ? 'ANTHROPIC_API_KEY' : 'ANTHROPIC_AUTH_TOKEN';
  const variables: Record<string, string> = { ANTHROPIC_BASE_URL: needed(connection, 'anthropic'), [keyVariable]: key };
  if (model !== undefined) {
    variables['ANTHROPIC_MODEL'] = model;
    // Side agents ask for "sonnet" and "opus", which stand for ids that only Claude's own provider knows.
    if (!isClaude(model)) {
      variables['ANTHROPIC_DEFAULT_SONNET_MODEL'] = model;
      variables['ANTHROPIC_DEFAULT_OPUS_MODEL'] = model;
      // What it assumes of a model that it does not know may be more than there is: then it compacts too late.
      const { contextTokens } = connection.modelSizes?.[model] ?? {};
      if (contextTokens !== undefined) variables['CLAUDE_CODE_MAX_CONTEXT_TOKENS'] = String(contextTokens);
    }
  }
  const fast = fastModel ?? (model !== undefined && !isClaude(model) ? model : undefined);
  if (fast !== undefined) variables['ANTHROPIC_DEFAULT_HAIKU_MODEL'] = fast;
  return variables;
}

export function claudeCode(connection: Connection): readonly FileSettings[] {
  const other = connection.auth === 'api_key' ? 'ANTHROPIC_AUTH_TOKEN' : 'ANTHROPIC_API_KEY';
  const variables = Object.entries(claudeVariables(connection)).map(([name, value]) => set(['env', name], value));
  return [
    {
      ...{ place: 'claude-settings', format: 'json', holdsKey: true },
      settings: [remove(['env', other]), ...variables],
    },
    // Without this a first start asks for a sign-in with Anthropic, whatever settings.json says.
    // It keeps the ends of keys: of a short one that is all.
    { ...{ place: 'claude-state', format: 'json', holdsKey: true, isToolsOwn: true }, settings: started(connection) },
  ];
}

function started({ auth, key }: Connection): readonly Setting[] {
  const done = setIfAbsent(['hasCompletedOnboarding'], true);
  if (auth === 'auth_token') return [done];
  const end = key.slice(-approvedCharacters);
  return [done, { kind: 'item', path: ['customApiKeyResponses', 'approved'], value: end, sameBy: end }];
}
