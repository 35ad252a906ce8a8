import type { Target } from './target.ts';

/** What came of one request. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers: Headers;
      readonly milliseconds: number;
    }
  | { readonly kind: 'unreachable'; readonly reason: Unreachable };
export type Unreachable = 'refused' | 'unknown-host' | 'certificate' | 'timeout' | 'other';

const timeoutMs = 30_000;
const outputTokens = 16;
const question = 'Reply with one word: received';

/** One small request as the tool makes it. The target has a URL, a key and a model. */
export function realCall(target: Target, send: typeof fetch): Promise<Answer> {
  const { url = '', model = '' } = target;
  const messages = [{ role: 'user', content: question }];
  const bodies = {
    messages: [`${withoutVersion(url)}/v1/messages`, { model, max_tokens: outputTokens, messages }],
    chat: [`${bare(url)}/chat/completions`, { model, max_tokens: outputTokens, messages }],
    responses: [`${bare(url)}/responses`, { model, max_output_tokens: outputTokens, input: question, store: false }],
    gemini: [
      `${withoutVersion(url)}/v1beta/models/${encodeURIComponent(model)}:generateContent`,
      {
        contents: [{ role: 'user', parts: [{ text: question }] }],
        generationConfig: { maxOutputTokens: outputTokens },
      },
    ],
  } as const;
  const [address, body] = bodies[target.protocol];
  const headers = { ...keyHeader(target), 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  return ask(send, address, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** What a relay of this kind says of the key; other providers know no such path. */
export function askForKey(target: Target, send: typeof fetch): Promise<Answer> {
  return ask(send, `${withoutVersion(target.url ?? '')}/v1/key`, { headers: keyHeader(target) });
}

/** Whether anything answers there; a relay of this kind says what it is. */
export function askForAnything(url: string, send: typeof fetch): Promise<Answer> {
  return ask(send, `${withoutVersion(url)}/`, {});
}

const bare = (url: string) => url.replace(/\/+$/, '');
const withoutVersion = (url: string) => bare(url).replace(/\/v1$/, '');

function keyHeader({ header, key = '' }: Target): Record<string, string> {
  return header === 'bearer' ? { authorization: `Bearer ${key}` } : { [header]: key };
}

async function ask(send: typeof fetch, url: string, init: RequestInit): Promise<Answer> {
  const begin = performance.now();
  try {
    // The key goes to the address that was set, and to nobody that it points to.
    const response = await send(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - begin);
    return { kind: 'answer', status: response.status, body: jsonOf(text), headers: response.headers, milliseconds };
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): Unreachable {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'timeout';
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL|TLS/.test(code) ? 'certificate' : 'other';
}
