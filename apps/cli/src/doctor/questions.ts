import { type Answer, ask } from '../ask.ts';
import type { Target } from './target.ts';

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
  return ask(send, address, timeoutMs, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** What a relay of this kind says of the key; other providers know no such path. */
export function askForKey(target: Target, send: typeof fetch): Promise<Answer> {
  return ask(send, `${withoutVersion(target.url ?? '')}/v1/key`, timeoutMs, { headers: keyHeader(target) });
}

/** Whether anything answers there; a relay of this kind says what it is. */
export function askForAnything(url: string, send: typeof fetch): Promise<Answer> {
  return ask(send, `${withoutVersion(url)}/`, timeoutMs, {});
}

const bare = (url: string) => url.replace(/\/+$/, '');
const withoutVersion = (url: string) => bare(url).replace(/\/v1$/, '');

function keyHeader({ header, key = '' }: Target): Record<string, string> {
  return header === 'bearer' ? { authorization: `Bearer ${key}` } : { [header]: key };
}
