import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as JSON, of a shape that the caller knows; fails where it is none. */
  json<Shape = Readonly<Record<string, unknown>>>(): Shape;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One plain HTTP request on a connection of its own. Strings and buffers go out as they are, the rest as JSON. */
export async function call(url: string, options: CallOptions = {}): Promise<Answer> {
  const open = openCall(url, options);
  const { status, headers } = await open.head;
  const body = await open.whole;
  return { status, headers, body, json: () => JSON.parse(body.toString('utf8')) };
}

/** A request whose answer is read step by step. */
export interface OpenCall {
  readonly head: Promise<{ status: number; headers: http.IncomingHttpHeaders }>;
  /** What has arrived so far. */
  received(): Buffer;
  /** Calls back after each piece that arrives. */
  onData(listener: () => void): void;
  /** Resolves at the end of the answer; rejects where the connection broke. */
  readonly whole: Promise<Buffer>;
  /** Stops and goes on reading from the socket. */
  pause(): void;
  resume(): void;
  /** Drops the connection. */
  leave(): void;
}

export function openCall(url: string, options: CallOptions = {}): OpenCall {
  const raw = options.body === undefined || typeof options.body === 'string' || Buffer.isBuffer(options.body);
  const body = raw ? (options.body as string | Buffer | undefined) : JSON.stringify(options.body);
  const request = http.request(url, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    agent: false,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...options.headers,
    },
  });
  const pieces: Buffer[] = [];
  const listeners: (() => void)[] = [];
  let response: http.IncomingMessage | undefined;
  const head = new Promise<{ status: number; headers: http.IncomingHttpHeaders }>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (incoming) => {
      response = incoming;
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers });
    });
  });
  const whole = new Promise<Buffer>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (incoming) => {
      incoming.on('data', (piece: Buffer) => {
        pieces.push(piece);
        for (const listener of listeners) listener();
      });
      incoming.once('end', () => resolve(Buffer.concat(pieces)));
      incoming.once('error', reject);
      incoming.once('close', () => reject(new Error('the connection broke')));
    });
  });
  // A caller may be interested in only one of the two.
  head.catch(() => {});
  whole.catch(() => {});
  request.end(body);
  return {
    head,
    whole,
    received: () => Buffer.concat(pieces),
    onData: (listener) => void listeners.push(listener),
    pause: () => void response?.pause(),
    resume: () => void response?.resume(),
    leave: () => void request.destroy(),
  };
}
