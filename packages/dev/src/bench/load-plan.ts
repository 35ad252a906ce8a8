/** What the load generator is told to do. */
export interface LoadPlan {
  readonly port: number;
  /** The whole HTTP request as text; its body carries `SEQ=` and digits that count up. */
  readonly request: string;
  readonly isStream: boolean;
  /** What stands in the last event of a whole stream. */
  readonly terminal: string;
  /** Events carry the time they were written at: measure their delay. */
  readonly isStamped: boolean;
  /** closed: each connection asks again at once; rate: requests at fixed moments; once: one request a connection. */
  readonly mode: 'closed' | 'rate' | 'once';
  readonly connections: number;
  /** Requests a second (rate), or connections opened a second (once). */
  readonly ratePerSecond: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  /** How long after the end an answer may still come. */
  readonly graceMs: number;
}

export interface LoadResult {
  readonly done: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly latencyMs: Spread;
  /** From the moment a stream was asked for to its first text. */
  readonly firstDeltaMs: Spread;
  /** From the upstream's write of an event to its arrival. */
  readonly chunkDelayMs: Spread;
}

export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

export const sequenceDigits = 10;

export interface RequestForm {
  readonly port: number;
  readonly key: string;
  /** What the client speaks; the upstream always speaks Anthropic's protocol. */
  readonly client: 'anthropic' | 'openai';
  readonly stream: boolean;
  readonly chunks: number;
  readonly gapMs: number;
  /** Body size to reach by padding the prompt; 0: none. */
  readonly bodyBytes: number;
}

/** A request as a coding tool would send it, ready for the wire. */
export function requestText(form: RequestForm): string {
  const filler = 'lorem ipsum dolor "sit" amet\n';
  const padding = form.bodyBytes > 0 ? filler.repeat(Math.ceil(form.bodyBytes / (filler.length + 3))) : '';
  const body = JSON.stringify({
    model: 'claude-bench',
    max_tokens: 256,
    ...(form.stream && { stream: true }),
    messages: [
      {
        role: 'user',
        content: `hello SEQ=${'0'.repeat(sequenceDigits)} SIM:c=${form.chunks},g=${form.gapMs}; ${padding}`,
      },
    ],
  });
  const head = [
    `POST ${form.client === 'anthropic' ? '/v1/messages' : '/v1/chat/completions'} HTTP/1.1`,
    `host: 127.0.0.1:${form.port}`,
    `x-api-key: ${form.key}`,
    'anthropic-version: 2023-06-01',
    'content-type: application/json',
    'user-agent: bench/1.0',
    'accept: application/json',
    `content-length: ${body.length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** What stands in the last event of a stream that such a client gets. */
export const terminals: Record<RequestForm['client'], string> = { anthropic: 'message_stop', openai: '[DONE]' };
