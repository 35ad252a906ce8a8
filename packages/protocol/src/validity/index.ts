import type { Protocol } from '@ai-bridge/domain';
import { anthropicProblems } from './anthropic.ts';
import { chatProblems } from './chat.ts';
import { geminiProblems } from './gemini.ts';
import { responsesProblems } from './responses.ts';
import type { Shape } from './shape.ts';

const checks: Record<Protocol, Shape> = {
  'anthropic-messages': anthropicProblems,
  'openai-chat': chatProblems,
  'openai-responses': responsesProblems,
  gemini: geminiProblems,
};

/** For tests: what the vendor would refuse in a body that was rendered for it, as `path: problem`; nothing known is an empty list. */
export function problemsOf(protocol: Protocol, body: string): string[] {
  const problems: string[] = [];
  checks[protocol](JSON.parse(body), 'body', problems);
  return problems;
}
