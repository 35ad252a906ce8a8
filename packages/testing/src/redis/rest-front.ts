import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { RedisConnection } from './connection.ts';
import type { RespValue } from './resp.ts';

type Answer = { readonly result: unknown } | { readonly error: string };

export interface RestFront {
  readonly url: string;
  readonly token: string;
  /** Every command that came in, its name in capitals. */
  readonly commands: string[][];
  /** HTTP requests that came in. */
  readonly requests: number;
  stop(): Promise<void>;
}

/** Upstash's REST protocol in front of a Redis: a command, a pipeline or a transaction per POST, with a bearer token. */
export async function startRestFront(redisPort: number, token = 'token-of-the-test-redis'): Promise<RestFront> {
  const commands: string[][] = [];
  let requests = 0;
  let connection: RedisConnection | undefined;
  const connected = () => {
    if (!connection?.isOpen) connection = new RedisConnection(redisPort);
    return connection;
  };

  async function answer(request: http.IncomingMessage): Promise<{ status: number; body: unknown }> {
    const url = new URL(request.url ?? '/', 'http://front');
    if (request.headers.authorization !== `Bearer ${token}`) {
      return { status: 401, body: { error: 'WRONGPASS invalid or missing auth token' } };
    }
    const encode = (value: RespValue) => answerOf(value, request.headers['upstash-encoding'] === 'base64');
    const body: unknown = JSON.parse(await textOf(request));
    if (url.pathname === '/pipeline' || url.pathname === '/multi-exec') {
      const list = (body as unknown[][]).map(words);
      commands.push(...list);
      if (url.pathname === '/pipeline') return { status: 200, body: (await connected().send(list)).map(encode) };
      return transaction(await connected().send([['MULTI'], ...list, ['EXEC']]), encode);
    }
    const command = words(body as unknown[]);
    commands.push(command);
    const [value] = await connected().send([command]);
    const answered = encode(value as RespValue);
    return { status: 'error' in answered ? 400 : 200, body: answered };
  }

  const server = http.createServer((request, response) => {
    requests++;
    answer(request)
      .catch((error: Error) => ({ status: 500, body: { error: error.message } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    commands,
    get requests() {
      return requests;
    },
    async stop() {
      connection?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function transaction(values: readonly RespValue[], encode: (value: RespValue) => Answer) {
  const executed = values.at(-1) as RespValue;
  if (executed.kind === 'list') return { status: 200, body: executed.items.map(encode) };
  // What was wrong with a command says more than that EXEC was discarded.
  return { status: 400, body: encode(values.find(({ kind }) => kind === 'error') ?? executed) };
}

/** Arguments come as JSON; what is no text goes to Redis as JSON writes it. */
function words([name, ...rest]: readonly unknown[]): string[] {
  return [String(name).toUpperCase(), ...rest.map((word) => (typeof word === 'string' ? word : JSON.stringify(word)))];
}

function answerOf(value: RespValue, isBase64: boolean): Answer {
  return value.kind === 'error' ? { error: value.message } : { result: plain(value, isBase64) };
}

function plain(value: RespValue, isBase64: boolean): unknown {
  switch (value.kind) {
    case 'text':
      return isBase64 && value.text !== 'OK' ? Buffer.from(value.text).toString('base64') : value.text;
    case 'bytes':
      return value.bytes.toString(isBase64 ? 'base64' : 'utf8');
    case 'number':
      return value.value;
    case 'list':
      return value.items.map((item) => plain(item, isBase64));
    case 'error':
      return value.message;
    case 'nothing':
      return null;
  }
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
