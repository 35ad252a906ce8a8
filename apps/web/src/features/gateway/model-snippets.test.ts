import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { modelSnippets } from './model-snippets.ts';

const of = (provider: string) =>
  modelSnippets({ workerUrl: 'https://api.example.com', model: 'vendor/model-1', provider });
const code = (provider: string, id: string) => of(provider).find((snippet) => snippet.id === id)?.code ?? '';

test.each(['anthropic', 'google'])(
  'each snippet of a model of %s names it and the address that its client expects',
  (provider) => {
    for (const { id, code: said } of of(provider)) {
      expect(said, id).toContain('vendor/model-1');
      expect(said, id).toContain('https://api.example.com');
    }
    expect(code(provider, 'curl')).toMatch(provider === 'anthropic' ? '/v1/messages' : '/v1/chat/completions');
    expect(code(provider, 'python')).toContain(
      provider === 'anthropic' ? 'base_url="https://api.example.com",' : 'base_url="https://api.example.com/v1",',
    );
    expect(code(provider, 'claude-code')).toContain('ANTHROPIC_BASE_URL="https://api.example.com"\n');
  },
);

test.each(['anthropic', 'openai'])(
  'the curl command is one that a shell understands, with a body of JSON (%s)',
  (provider) => {
    const command = code(provider, 'curl').replace('curl ', 'printf "%s\\n" ');
    const args = execFileSync('bash', ['-c', command], { encoding: 'utf8' }).trim().split('\n');
    expect(JSON.parse(args.at(-1) ?? '')).toMatchObject({ model: 'vendor/model-1', messages: [{ role: 'user' }] });
  },
);
