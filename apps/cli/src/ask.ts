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

/** One request, which never throws. */
export async function ask(send: typeof fetch, url: string, timeoutMs: number, init: RequestInit): Promise<Answer> {
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
