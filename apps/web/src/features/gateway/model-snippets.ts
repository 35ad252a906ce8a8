import { claudeVariables, codexText, relayConnection } from '@ai-bridge/tool-setup';
import { placeholderKey } from './client-snippets.ts';

export interface ModelSnippet {
  readonly id: 'curl' | 'python' | 'node' | 'claude-code' | 'codex';
  readonly title: string;
  readonly code: string;
}

export interface ModelSnippetInput {
  /** Without a trailing slash. */
  readonly workerUrl: string;
  readonly model: string;
  readonly provider: string;
}

const question = 'Hello';
const maxTokens = 256;

/** How to ask one model, from a terminal, in code, and from coding tools; as it can be pasted. */
export function modelSnippets({ workerUrl, model, provider }: ModelSnippetInput): readonly ModelSnippet[] {
  const isAnthropic = provider === 'anthropic';
  return [
    { id: 'curl', title: 'curl', code: isAnthropic ? curlMessages(workerUrl, model) : curlChat(workerUrl, model) },
    {
      id: 'python',
      title: 'Python',
      code: isAnthropic ? pythonAnthropic(workerUrl, model) : pythonOpenai(workerUrl, model),
    },
    { id: 'node', title: 'Node', code: isAnthropic ? nodeAnthropic(workerUrl, model) : nodeOpenai(workerUrl, model) },
    { id: 'claude-code', title: 'Claude Code', code: claudeCode(workerUrl, model) },
    { id: 'codex', title: 'Codex', code: codex(workerUrl, model) },
  ];
}

const lines = (...all: string[]) => all.join('\n');
const text = (value: string) => JSON.stringify(value);

function curlMessages(workerUrl: string, model: string): string {
  const body = { model, max_tokens: maxTokens, messages: [{ role: 'user', content: question }] };
  return lines(
    `curl ${workerUrl}/v1/messages \\`,
    `  -H "x-api-key: ${placeholderKey}" \\`,
    '  -H "anthropic-version: 2023-06-01" \\',
    '  -H "content-type: application/json" \\',
    `  -d '${JSON.stringify(body)}'`,
  );
}

function curlChat(workerUrl: string, model: string): string {
  const body = { model, messages: [{ role: 'user', content: question }] };
  return lines(
    `curl ${workerUrl}/v1/chat/completions \\`,
    `  -H "authorization: Bearer ${placeholderKey}" \\`,
    '  -H "content-type: application/json" \\',
    `  -d '${JSON.stringify(body)}'`,
  );
}

function pythonAnthropic(workerUrl: string, model: string): string {
  return lines(
    'from anthropic import Anthropic',
    '',
    `client = Anthropic(base_url=${text(workerUrl)}, api_key=${text(placeholderKey)})`,
    'message = client.messages.create(',
    `    model=${text(model)},`,
    `    max_tokens=${maxTokens},`,
    `    messages=[{"role": "user", "content": ${text(question)}}],`,
    ')',
    'print(message.content[0].text)',
  );
}

function pythonOpenai(workerUrl: string, model: string): string {
  return lines(
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${text(`${workerUrl}/v1`)}, api_key=${text(placeholderKey)})`,
    'answer = client.chat.completions.create(',
    `    model=${text(model)},`,
    `    messages=[{"role": "user", "content": ${text(question)}}],`,
    ')',
    'print(answer.choices[0].message.content)',
  );
}

function nodeAnthropic(workerUrl: string, model: string): string {
  return lines(
    "import Anthropic from '@anthropic-ai/sdk';",
    '',
    `const client = new Anthropic({ baseURL: ${text(workerUrl)}, apiKey: ${text(placeholderKey)} });`,
    'const message = await client.messages.create({',
    `  model: ${text(model)},`,
    `  max_tokens: ${maxTokens},`,
    `  messages: [{ role: 'user', content: ${text(question)} }],`,
    '});',
    'console.log(message.content[0].text);',
  );
}

function nodeOpenai(workerUrl: string, model: string): string {
  return lines(
    "import OpenAI from 'openai';",
    '',
    `const client = new OpenAI({ baseURL: ${text(`${workerUrl}/v1`)}, apiKey: ${text(placeholderKey)} });`,
    'const answer = await client.chat.completions.create({',
    `  model: ${text(model)},`,
    `  messages: [{ role: 'user', content: ${text(question)} }],`,
    '});',
    'console.log(answer.choices[0].message.content);',
  );
}

function claudeCode(workerUrl: string, model: string): string {
  const variables = claudeVariables(relayConnection({ url: workerUrl, key: placeholderKey, model }));
  return lines(...Object.entries(variables).map(([name, value]) => `export ${name}=${text(value)}`), 'claude');
}

function codex(workerUrl: string, model: string): string {
  return lines('# ~/.codex/config.toml', codexText(relayConnection({ url: workerUrl, key: placeholderKey, model })));
}
