import type { OriginPool } from '../upstream/http1/origin-pool.ts';
import type { AnswerContext } from '../upstream/http1/undici-answer.ts';

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
  /** Until a connection stood that the request could go out on. */
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** One bounded request of our own, with the time of each phase. Throws what the connection ended in, and TimeoutError. */
export async function timedCall(pool: OriginPool, call: TimedCall): Promise<TimedAnswer> {
  const startedAt = performance.now();
  const sinceStart = (atMs: number) => Math.round(atMs - startedAt);
  const { statusCode, headers, body, context } = await pool.request({
    path: call.path,
    method: call.method,
    headers: [...call.headers],
    body: call.body ?? null,
    signal: AbortSignal.timeout(call.timeoutMs),
  });
  const firstByteMs = sinceStart(performance.now());
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
    connectMs: sinceStart((context as AnswerContext).connectedAtMs),
    firstByteMs,
    totalMs: sinceStart(performance.now()),
  };
}
