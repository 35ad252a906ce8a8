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
