import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { messagesByLocale } from '#i18n/messages/index.ts';
import { contentPages } from '../docs/content.fixture.ts';
import { plainMarkdown } from '../docs/markdown-text.ts';
import { commandLine, guideSources, oneLine, readGuide, type ToolId, toolIds } from './tool-guide.ts';

const pages = contentPages();
const texts = { en: messagesByLocale.en.gateway.heading, zh: messagesByLocale.zh.gateway.heading };
const guide = (id: ToolId, language: 'en' | 'zh') => {
  const page = pages.find(({ name, locale }) => name === guideSources[id].path && locale === language);
  return readGuide(id, page?.body ?? '', texts[language]);
};
const both = ['en', 'zh'] as const;
const everything = (id: ToolId, language: 'en' | 'zh') => JSON.stringify(guide(id, language).parts);

test.each(toolIds)('%s: the docs’ own set-up has a place for the address and for the key, in both languages', (id) => {
  for (const language of both) {
    expect(everything(id, language)).toContain('BRIDGE_URL');
    expect(everything(id, language)).toContain('YOUR_API_KEY');
  }
  expect(guide(id, 'en').parts.map(({ kind }) => kind)).toEqual(guide(id, 'zh').parts.map(({ kind }) => kind));
});

test('Claude Code, Codex, OpenCode and Gemini CLI tell both families of systems apart, and end in one line that works', () => {
  for (const id of ['claude-code', 'codex', 'opencode', 'gemini-cli'] as const) {
    for (const language of both) {
      const systems = guide(id, language).parts.flatMap((part) => (part.kind === 'code' ? (part.system ?? []) : []));
      expect(systems).toEqual(['unix', 'windows']);
      expect(oneLine(guide(id, language))).toMatch(/^export .*YOUR_API_KEY.* && \w+ /);
    }
  }
  expect(oneLine(guide('curl', 'en'))).toBeUndefined();
});

test('the one line is one that a shell understands', () => {
  const line = (oneLine(guide('claude-code', 'en')) ?? '').replace('BRIDGE_URL', 'https://api.example.com');
  const said = execFileSync('sh', ['-c', `claude() { printf '%s|' "$ANTHROPIC_BASE_URL" "$@"; }\n${line}`]);
  expect(said.toString()).toMatch(/^https:\/\/api\.example\.com\|-p\|/);
});

test('the command’s line is the one that the tool’s own page and the command’s page have, put together', () => {
  const body = (page: string) => pages.find(({ name, locale }) => name === page && locale === 'en')?.body ?? '';
  const [, got = ''] = /^(npx .* ai-bridge) init -u BRIDGE_URL$/m.exec(body('tools/command')) ?? [];
  expect(got).toContain('CONSOLE_URL/');
  const known = toolIds.filter((id) => commandLine(id, '') !== undefined);
  expect(known).toEqual(['claude-code', 'codex', 'opencode', 'gemini-cli']);
  for (const id of known) {
    const [, tool = ''] = /`ai-bridge init -T (\S+) -u BRIDGE_URL`/.exec(body(guideSources[id].path)) ?? [];
    expect(commandLine(id, 'CONSOLE_URL')).toBe(`${got} init -s -T ${tool} -u BRIDGE_URL -k YOUR_API_KEY`);
  }
});

test('what the compiler makes of tabs is read alike', () => {
  const compiled = [
    '## Set up',
    '',
    '<CodeBlockTabs groupId="os">',
    '  <CodeBlockTab value="macOS / Linux">',
    '    ```bash title="~/.zshrc"',
    '    export A="YOUR_API_KEY"',
    '    ```',
    '  </CodeBlockTab>',
    '',
    '  <CodeBlockTab value="Windows">',
    '    ```powershell title="PowerShell"',
    '    setx A "YOUR_API_KEY"',
    '    ```',
    '  </CodeBlockTab>',
    '</CodeBlockTabs>',
  ].join('\n');
  expect(readGuide('codex', plainMarkdown(compiled), texts.en).parts).toEqual([
    { kind: 'code', title: '~/.zshrc', system: 'unix', code: 'export A="YOUR_API_KEY"' },
    { kind: 'code', title: 'PowerShell', system: 'windows', code: 'setx A "YOUR_API_KEY"' },
  ]);
});

test('steps and fields of tools with windows of their own are read from their lists and tables', () => {
  const [cursor] = guide('cursor', 'en').parts;
  expect(cursor).toMatchObject({ kind: 'steps' });
  const [cline] = guide('cline', 'en').parts;
  expect(cline?.kind === 'facts' && cline.rows).toContainEqual(['Base URL', 'BRIDGE_URL/v1']);
});
