import { type Answer, type Dialect, event, type Frame, type Prompt, records } from './answer.ts';
import { inclusiveUsage } from './chat.ts';

/** Gemini generateContent, as generativelanguage.googleapis.com writes it. */
export const gemini: Dialect = { readPrompt, frames, body, errorBody, errorEvent };

const pathPattern = /\/models\/([^/:]+):(\w+)/;

function readPrompt(request: Record<string, unknown>, path: string): Prompt {
  const match = pathPattern.exec(path);
  const parts = records(request['contents']).flatMap((content) => records(content['parts']));
  const result = parts.filter((part) => part['functionResponse']).at(-1)?.['functionResponse'];
  return {
    model: decodeURIComponent(match?.[1] ?? ''),
    stream: match?.[2] === 'streamGenerateContent',
    tools: records(request['tools'])
      .flatMap((tool) => records(tool['functionDeclarations']))
      .map((tool) => ({
        name: String(tool['name']),
        schema: (tool['parametersJsonSchema'] ?? tool['parameters'] ?? {}) as Record<string, unknown>,
      })),
    toolResult: result === undefined ? undefined : resultText((result as { response?: unknown }).response),
  };
}

/** A result stands under `output`; any other object is the result itself. */
function resultText(response: unknown): string {
  const output = (response as { output?: unknown } | undefined)?.output;
  return typeof output === 'string' ? output : JSON.stringify(response);
}

function usageOf(answer: Answer, share = 1) {
  const usage = inclusiveUsage(answer);
  if (!usage) return undefined;
  // Google's candidates exclude thoughts, ours include them.
  const reasoning = Number(usage.reasoning);
  const candidates = typeof usage.output === 'number' ? Math.ceil((usage.output - reasoning) * share) : usage.output;
  return {
    promptTokenCount: usage.prompt,
    candidatesTokenCount: candidates,
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
    ...(Number(usage.cacheRead) > 0 && { cachedContentTokenCount: usage.cacheRead }),
    totalTokenCount: Number(usage.prompt) + Number(candidates) + reasoning,
    ...(answer.usage?.tier !== undefined && { serviceTier: answer.usage.tier }),
  };
}

function candidate(answer: Answer, parts: unknown[], usage: unknown, finishReason?: string) {
  return {
    candidates: [
      {
        content: { role: 'model', parts },
        ...(finishReason && { finishReason, ...groundingOf(answer) }),
        index: 0,
      },
    ],
    ...(usage !== undefined && { usageMetadata: usage }),
    modelVersion: answer.model,
    responseId: answer.id,
  };
}

/** What it searched for: one query for each search. */
function groundingOf({ usage }: Answer) {
  if (!usage?.webSearches) return {};
  const webSearchQueries = Array.from({ length: usage.webSearches }, (_, index) => `query ${index}`);
  return { groundingMetadata: { webSearchQueries } };
}

function lastParts(answer: Answer): unknown[] {
  if (!answer.toolCall) return [];
  const args = JSON.parse(answer.toolCall.arguments);
  return [{ functionCall: { name: answer.toolCall.name, args }, thoughtSignature: 'c2ln' }];
}

function body(answer: Answer): unknown {
  const thoughts = answer.thinking.length ? [{ text: answer.thinking.join(''), thought: true }] : [];
  const text = answer.text.length ? [{ text: answer.text.join('') }] : [];
  return candidate(answer, [...thoughts, ...text, ...lastParts(answer)], usageOf(answer), 'STOP');
}

function frames(answer: Answer): Frame[] {
  const parts = [
    ...answer.thinking.map((text) => ({ text, thought: true })),
    ...answer.text.map((text) => ({ text })),
    ...lastParts(answer),
  ];
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const usage = usageOf(answer, (index + 1) / parts.length);
    return { text: event(candidate(answer, [part], usage, isLast ? 'STOP' : undefined)), isContent: true };
  });
}

const statuses: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

function errorBody(code: number, message: string): unknown {
  return { error: { code, message, status: statuses[code] ?? (code < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL') } };
}

function errorEvent(message: string): string {
  return event(errorBody(503, message));
}
