import { readPriceList } from '@ai-bridge/catalog';
import { codexText, type FileSettings, relayConnection, setupOf, type ToolId } from '@ai-bridge/tool-setup';
import { expect, test } from 'vitest';
import { locales } from '#i18n/routing.ts';
import { contentPages } from './content.fixture.ts';

const pages = contentPages();
/** As this site lists them. */
const modelSizes = Object.fromEntries(
  readPriceList().flatMap(({ model, contextTokens, maxOutputTokens }) =>
    contextTokens === undefined ? [] : [[model, { contextTokens, maxOutputTokens }]],
  ),
);
const connection = relayConnection({ url: 'BRIDGE_URL', key: 'YOUR_API_KEY', modelSizes });

/** The block of code that a page gives for a file. */
function block(page: string, locale: string, title: string): string {
  const body = pages.find((one) => one.name === `tools/${page}` && one.locale === locale)?.body ?? '';
  const [, code] = new RegExp(`^\`\`\`\\w+ title="${title}"\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(body) ?? [];
  if (code === undefined) throw new Error(`${page}.${locale} has no ${title}`);
  return code.trimEnd();
}

/** What the command writes into a file that was not there. */
function written({ settings }: FileSettings): unknown {
  const content = {};
  for (const setting of settings) {
    if (setting.kind !== 'set') continue;
    let object: Record<string, unknown> = content;
    for (const name of setting.path.slice(0, -1)) {
      object[name] ??= {};
      object = object[name] as Record<string, unknown>;
    }
    object[setting.path.at(-1) ?? ''] = setting.value;
  }
  return content;
}

test.each([
  ['claude-code', 'claude-code', '~/.claude/settings.json'],
  ['opencode', 'opencode', '~/.config/opencode/opencode.json'],
  ['openclaw', 'openclaw', '~/.openclaw/openclaw.json'],
  ['gemini', 'gemini-cli', '~/.gemini/settings.json'],
  ['zed', 'zed', '~/.config/zed/settings.json'],
] as const)('%s: the page shows what the command writes', (tool: ToolId, page, title) => {
  const [file] = setupOf(tool, connection);
  for (const locale of locales) {
    // OpenCode can read the key from a variable, which is better to show.
    const shown = block(page, locale, title).replaceAll('{env:AI_BRIDGE_API_KEY}', 'YOUR_API_KEY');
    expect(JSON.parse(shown), locale).toEqual(file && written(file));
  }
});

test('Codex: the page shows the provider that the command writes, with the key in a variable', () => {
  for (const locale of locales) expect(block('codex', locale, '~/.codex/config.toml')).toBe(codexText(connection));
});

/** A value of YAML as the pages write it. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${inner}`);
  return `{ ${fields.join(', ')} }`;
}

test('Continue and Aider: the page names every field that the command writes, with its value', () => {
  const texts = (setup: readonly FileSettings[]) =>
    setup.flatMap(({ settings }) => settings.flatMap((one) => (one.kind === 'item' ? [one.value] : [])));
  for (const locale of locales) {
    const shown = block('continue', locale, '~/.continue/config.yaml');
    const entries = texts(setupOf('continue', connection)) as Record<string, unknown>[];
    for (const [name, value] of entries.flatMap(Object.entries))
      expect(shown).toContain(`${name}: ${onOneLine(value)}`);
    const aider = pages.find((one) => one.name === 'tools/aider' && one.locale === locale)?.body;
    for (const line of texts(setupOf('aider', connection))) expect(aider).toContain(String(line).replace('=', '="'));
  }
});
