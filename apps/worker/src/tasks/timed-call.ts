import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Dispatcher } from 'undici';

export interface TimedCall {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: readonly string[];
  readonly body?: string | undefined;
  /** For the whole of it. */
  readonly timeoutMs: number;
  /** What is longer is cut. */
  readonly maxBytes: number;
}

export interface TimedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly isCut: boolean;
  /** Until a connection stood that the request could go out on; undefined where undici did not say. */
  readonly connectMs: number | undefined;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** One bounded request of our own, with the time of each phase. Throws what undici throws, and TimeoutError. */
export async function timedCall(dispatcher: Dispatcher, call: TimedCall): Promise<TimedAnswer> {
  const startedAt = performance.now();
  const sinceStart = () => Math.round(performance.now() - startedAt);
  const connected = watchConnect(() =>
    dispatcher.request({
      path: call.path,
      method: call.method,
      headers: [...call.headers],
      body: call.body ?? null,
      signal: AbortSignal.timeout(call.timeoutMs),
    }),
  );
  try {
    const { statusCode, headers, body } = await connected.answer;
    const firstByteMs = sinceStart();
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of body) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      // Leaving the loop gives the connection up.
      if (bytes > call.maxBytes) break;
    }
    const whole = Buffer.concat(parts);
    const type = headers['content-type'];
    return {
      status: statusCode,
      contentType: typeof type === 'string' ? type : '',
      body: whole.subarray(0, call.maxBytes),
      isCut: whole.length > call.maxBytes,
      connectMs: connected.atMs === undefined ? undefined : Math.max(0, Math.round(connected.atMs - startedAt)),
      firstByteMs,
      totalMs: sinceStart(),
    };
  } finally {
    connected.stop();
  }
}

/** undici tells, by Node's diagnostics channels, when a request is made and when its head goes out on a connection. */
function watchConnect<Answer>(send: () => Promise<Answer>) {
  let own: unknown;
  const watched = { atMs: undefined as number | undefined, answer: undefined as unknown as Promise<Answer>, stop };
  const onCreate = (message: unknown) => {
    own ??= (message as { request: unknown }).request;
  };
  const onSend = (message: unknown) => {
    if (own !== undefined && (message as { request: unknown }).request === own) watched.atMs ??= performance.now();
  };
  function stop(): void {
    unsubscribe('undici:client:sendHeaders', onSend);
  }
  subscribe('undici:client:sendHeaders', onSend);
  subscribe('undici:request:create', onCreate);
  // The request is made before `send` returns, so the first one told is ours.
  watched.answer = send();
  unsubscribe('undici:request:create', onCreate);
  return watched;
}
