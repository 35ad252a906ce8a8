import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { clientSnippets } from './client-snippets.ts';

const snippets = clientSnippets({ workerUrl: 'http://192.168.1.5:3001', apiKey: 'ab-secret' });
const codeOf = (id: string) => snippets.find((snippet) => snippet.id === id)!.blocks.map(({ code }) => code);

/** What a shell makes of lines that end in the client's own command. */
function environmentAfter(code: string, names: string[]): string[] {
  const exports = code
    .split('\n')
    .filter((line) => line.startsWith('export '))
    .join('\n');
  const print = names.map((name) => `printf '%s\\n' "$${name}"`).join('\n');
  return execFileSync('sh', ['-c', `${exports}\n${print}`], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('Claude Code is pointed at the worker without /v1, which it appends itself', () => {
  const values = environmentAfter(codeOf('claude-code')[0]!, ['ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN']);
  expect(values).toEqual(['http://192.168.1.5:3001', 'ab-secret']);
});

test('OpenAI clients are pointed at /v1', () => {
  const values = environmentAfter(codeOf('openai-sdk')[0]!, ['OPENAI_BASE_URL', 'OPENAI_API_KEY']);
  expect(values).toEqual(['http://192.168.1.5:3001/v1', 'ab-secret']);
});

test('the key of Codex stays out of its config file', () => {
  const [config, terminal] = codeOf('codex');
  expect(config).toContain('base_url = "http://192.168.1.5:3001/v1"');
  expect(config).not.toContain('ab-secret');
  expect(environmentAfter(terminal!, ['AI_BRIDGE_API_KEY'])).toEqual(['ab-secret']);
});

test('the curl command is one a shell understands: address, headers and a JSON body', () => {
  const recorded = execFileSync(
    'sh',
    ['-c', `curl() { for a in "$@"; do printf '%s\\n' "$a"; done; }\n${codeOf('curl')[0]}`],
    {
      encoding: 'utf8',
    },
  )
    .trim()
    .split('\n');
  expect(recorded[0]).toBe('http://192.168.1.5:3001/v1/messages');
  expect(recorded).toContain('x-api-key: ab-secret');
  expect(JSON.parse(recorded.at(-1)!)).toMatchObject({ max_tokens: 64, messages: [{ role: 'user' }] });
});
