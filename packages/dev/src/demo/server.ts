import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerMessages, anthropicError, countMessages } from './anthropic.ts';
import { answerEmbeddings } from './embeddings.ts';
import { answerGemini, geminiError } from './gemini.ts';
import { answerChat } from './openai-chat.ts';
import { answerResponses } from './openai-responses.ts';
import { type Fields, fieldsOf } from './question.ts';
import { sendJson } from './sse.ts';

export interface DemoUpstreamOptions {
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** Pause between two pieces of a streamed answer. */
  readonly pieceDelayMs?: number;
}

export interface DemoUpstream {
  /** Base URL without a trailing slash, on loopback. */
  readonly url: string;
  /** Ends every connection and stops listening. */
  stop(): Promise<void>;
}

const maxBodyBytes = 64 * 1024 * 1024;
const defaultPieceDelayMs = 15;
const geminiPath = /^\/v1(?:beta)?\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/;

/** A simulator of the four wire formats for a first start without provider keys: it says in every answer that it is one. */
export async function startDemoUpstream(options: DemoUpstreamOptions = {}): Promise<DemoUpstream> {
  const pieceDelayMs = options.pieceDelayMs ?? defaultPieceDelayMs;
  const server = http.createServer((request, response) => {
    handle(request, response, pieceDelayMs).catch(() => response.destroy());
  });
  // The worker keeps connections for reuse; ending them early here would only cause retries there.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  pieceDelayMs: number,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://demo');
  const id = randomBytes(9).toString('hex');
  const bytes = await readBody(request);
  if (bytes === undefined) return sendJson(response, 413, errorFor(pathname, 413, 'The body is too large.'));
  const body = parseObject(bytes);
  const gemini = geminiPath.exec(decodeURIComponent(pathname));
  if (request.method !== 'POST') return sendJson(response, 404, errorFor(pathname, 404, 'No such path.'));
  if (body === undefined) return sendJson(response, 400, errorFor(pathname, 400, 'The body is not a JSON object.'));
  if (gemini) {
    const [, model = '', action = ''] = gemini;
    return answerGemini(
      { model, action, isEventStream: searchParams.get('alt') === 'sse' },
      body,
      response,
      id,
      pieceDelayMs,
    );
  }
  switch (pathname) {
    case '/v1/messages':
      return answerMessages(body, response, id, pieceDelayMs);
    case '/v1/messages/count_tokens':
      return countMessages(body, response);
    case '/v1/chat/completions':
      return answerChat(body, response, id, pieceDelayMs);
    case '/v1/responses':
      return answerResponses(body, response, id, pieceDelayMs);
    case '/v1/embeddings':
      return answerEmbeddings(body, response);
    default:
      return sendJson(response, 404, errorFor(pathname, 404, 'The demo channel does not know this path.'));
  }
}

/** The whole body, or undefined when it is larger than the bound. */
async function readBody(request: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= maxBodyBytes) chunks.push(chunk as Buffer);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks);
}

function parseObject(bytes: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? fieldsOf(value) : undefined;
  } catch {
    return undefined;
  }
}

/** An error in the shape of the protocol that the path belongs to. */
function errorFor(pathname: string, status: number, message: string): Fields {
  const isNotFound = status === 404;
  if (pathname.startsWith('/v1/messages')) {
    return anthropicError(isNotFound ? 'not_found_error' : 'invalid_request_error', message);
  }
  if (pathname.includes('/models/')) return geminiError(status, isNotFound ? 'NOT_FOUND' : 'INVALID_ARGUMENT', message);
  return { error: { message, type: 'invalid_request_error', param: null, code: null } };
}
