import { claudeVariables, codexKeyVariable, codexText, relayConnection } from '@ai-bridge/tool-setup';

export interface SnippetInput {
  /** Without a trailing slash. */
  readonly workerUrl: string;
  readonly apiKey: string;
}

export interface Snippet {
  readonly id: 'claude-code' | 'openai-sdk' | 'codex' | 'curl';
  readonly blocks: readonly { readonly place: 'terminal' | 'codexConfig'; readonly code: string }[];
}

/** Stands for a key until there is one; plain ASCII, because it lands in HTTP headers when pasted unread. */
export const placeholderKey = 'YOUR_API_KEY';

const claudeModel = 'claude-sonnet-4-6';

/** Ready-made configurations of the usual clients, as they can be pasted. */
export function clientSnippets({ workerUrl, apiKey }: SnippetInput): readonly Snippet[] {
  return [
    {
      id: 'claude-code',
      blocks: [
        {
          place: 'terminal',
          code: [...claudeExports(workerUrl, apiKey), 'claude'].join('\n'),
        },
      ],
    },
    {
      id: 'openai-sdk',
      blocks: [
        {
          place: 'terminal',
          code: [`export OPENAI_BASE_URL="${workerUrl}/v1"`, `export OPENAI_API_KEY="${apiKey}"`].join('\n'),
        },
      ],
    },
    { id: 'codex', blocks: [{ place: 'codexConfig', code: codexConfig(workerUrl, apiKey) }, codexKey(apiKey)] },
    { id: 'curl', blocks: [{ place: 'terminal', code: curlCommand(workerUrl, apiKey) }] },
  ];
}

function claudeExports(url: string, key: string): string[] {
  const variables = claudeVariables(relayConnection({ url, key }));
  return Object.entries(variables).map(([name, value]) => `export ${name}="${value}"`);
}

function codexConfig(url: string, key: string): string {
  return codexText(relayConnection({ url, key }));
}

function codexKey(apiKey: string) {
  return { place: 'terminal', code: `export ${codexKeyVariable}="${apiKey}"\ncodex` } as const;
}

function curlCommand(workerUrl: string, apiKey: string): string {
  const body = { model: claudeModel, max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] };
  return [
    `curl ${workerUrl}/v1/messages \\`,
    `  -H "x-api-key: ${apiKey}" \\`,
    '  -H "anthropic-version: 2023-06-01" \\',
    '  -H "content-type: application/json" \\',
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
