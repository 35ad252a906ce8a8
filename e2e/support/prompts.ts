import { type Script, sim } from '@ai-bridge/testing/upstream';
import type { Stack } from './stack.ts';

/** An Anthropic request whose prompt carries a script for the fake upstream. */
export function messages(script: Partial<Script> = {}, more: Readonly<Record<string, unknown>> = {}) {
  const content = `hello ${sim(script)}`;
  return { model: 'claude-test', max_tokens: 1_000, messages: [{ role: 'user', content }], ...more };
}

export function chat(script: Partial<Script> = {}, more: Readonly<Record<string, unknown>> = {}) {
  return { model: 'gpt-test', messages: [{ role: 'user', content: `hello ${sim(script)}` }], ...more };
}

/** Headers of an Anthropic client with the stack's key. */
export function anthropicHeaders(stack: Pick<Stack, 'key'>): Record<string, string> {
  return { 'x-api-key': stack.key, 'anthropic-version': '2023-06-01' };
}

export function bearer(stack: Stack): Record<string, string> {
  return { authorization: `Bearer ${stack.key}` };
}
