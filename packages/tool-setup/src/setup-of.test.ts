import { expect, test } from 'vitest';
import { type Connection, MissingPart, relayConnection, setupOf, toolIds } from './index.ts';

const relay = relayConnection({ url: 'https://api.example.com', key: 'THE-KEY' });
const foreign: Connection = { ...relay, id: 'vendor', label: 'Vendor', isRelay: false, geminiUrl: undefined };

test.each(toolIds)('%s: a file that has the key in it says so', (tool) => {
  for (const file of setupOf(tool, relay)) {
    if (JSON.stringify(file.settings).includes('THE-KEY')) expect(file.holdsKey).toBe(true);
  }
});

test('a tool that must name a model is not set up without one, and a protocol that is missing is said', () => {
  const missing = (tool: (typeof toolIds)[number], connection: Connection) => {
    try {
      setupOf(tool, connection);
    } catch (error) {
      if (error instanceof MissingPart) return error.part;
      throw error;
    }
    return undefined;
  };
  expect(toolIds.map((tool) => missing(tool, foreign))).toEqual([
    ...[undefined, undefined, 'model', 'model', 'gemini', 'model', 'model', 'model'],
  ]);
  const named = { ...foreign, model: 'm' };
  expect(toolIds.map((tool) => missing(tool, named))).toEqual(
    toolIds.map((tool) => (tool === 'gemini' ? 'gemini' : undefined)),
  );
  expect(missing('codex', { ...named, openaiUrl: undefined })).toBe('openai');
});

test('another vendor’s model goes wherever Claude Code would ask for one of Anthropic’s', () => {
  const [settings] = setupOf('claude-code', { ...foreign, model: 'vendor-1' });
  const set = settings?.settings.flatMap((one) =>
    one.kind === 'set' && one.value === 'vendor-1' ? [one.path[1]] : [],
  );
  expect(set).toEqual([
    'ANTHROPIC_MODEL',
    ...['ANTHROPIC_DEFAULT_SONNET_MODEL', 'ANTHROPIC_DEFAULT_OPUS_MODEL', 'ANTHROPIC_DEFAULT_HAIKU_MODEL'],
  ]);
});

test('OpenCode’s side requests go to a model that is served, and a model of Claude’s that it does not know is told', () => {
  const settingsOf = (connection: Connection) => setupOf('opencode', connection).flatMap(({ settings }) => settings);
  const smallModel = (connection: Connection) =>
    settingsOf(connection).find((one) => one.path[0] === 'small_model' && one.kind === 'set');
  const named = { ...relay, model: 'claude-new' };
  expect(smallModel(named)).toMatchObject({ value: 'anthropic/claude-new' });
  expect(smallModel({ ...named, fastModel: 'gpt-small' })).toMatchObject({ value: 'ai-bridge/gpt-small' });
  expect(settingsOf(named)).toContainEqual({
    ...{ kind: 'set', path: ['provider', 'anthropic', 'models', 'claude-new'], value: {}, ifAbsent: true },
  });
  expect(smallModel({ ...foreign, model: 'vendor-1' })).toBeUndefined();
});

test('the size of a model is told in each tool’s own words, but to Codex and Claude Code of no model that they know', () => {
  const modelSizes = {
    'gpt-x': { contextTokens: 300_000, maxOutputTokens: 8_000 },
    'claude-x': { contextTokens: 700_000 },
  };
  const written = (tool: (typeof toolIds)[number], model: string) =>
    JSON.stringify(setupOf(tool, { ...relay, model, modelSizes }).map(({ settings }) => settings));
  expect(written('claude-code', 'gpt-x')).toContain('"CLAUDE_CODE_MAX_CONTEXT_TOKENS"],"value":"300000"');
  expect(written('claude-code', 'claude-x')).not.toContain('CONTEXT_TOKENS');
  expect(written('codex', 'claude-x')).toContain('["model_context_window"],"value":700000');
  expect(written('codex', 'gpt-x')).not.toContain('model_context_window');
  expect(written('opencode', 'gpt-x')).toContain('"gpt-x":{"limit":{"context":300000,"output":8000}}');
  expect(written('opencode', 'claude-x')).toContain('{"limit":{"context":700000,"output":32000}}');
  expect(written('openclaw', 'gpt-x')).toContain('"contextWindow":300000,"maxTokens":8000');
  expect(written('continue', 'gpt-x')).toContain('"defaultCompletionOptions":{"contextLength":300000}');
  expect(written('zed', 'gpt-x')).toContain('"max_tokens":300000');
  const unknown = toolIds.map((tool) => JSON.stringify(setupOf(tool, { ...relay, model: 'kimi-x', modelSizes })));
  expect(unknown.join()).not.toMatch(/MAX_CONTEXT|context_window|"limit"|contextLength/);
});
