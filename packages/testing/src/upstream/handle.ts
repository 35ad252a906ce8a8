import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeAnswer, type Dialect } from './answer.ts';
import { anthropic } from './anthropic.ts';
import { chat } from './chat.ts';
import { type Delivery, deliverBody, deliverStream } from './deliver.ts';
import { gemini } from './gemini.ts';
import type { Holds } from './holds.ts';
import { UpstreamRequest } from './log.ts';
import type { KeptObjects } from './objects.ts';
import { plainAnswer } from './plain.ts';
import { responses } from './responses.ts';
import { type Script, scriptOf } from './script.ts';

interface Context {
  base(): Partial<Script>;
  readonly holds: Holds;
  readonly objects: KeptObjects;
  seen(request: UpstreamRequest): void;
}

/** Reads one request, logs it and answers as its script says. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const json = readJson(body);
  const target = request.url ?? '/';
  const path = new URL(target, 'http://upstream').pathname;
  const script = scriptOf({ path: decodeURIComponent(path), json }, context.base());
  const log = new UpstreamRequest(request.method ?? 'GET', target, request.headers, body, json, script);
  context.seen(log);
  response.on('close', () => {
    log.isClosedEarly = !log.isFinished && !response.writableEnded;
  });
  const delivery: Delivery = { response, script, dialect: dialectOf(path), holds: context.holds, log };
  if (script.hold && (script.holdAfter === 0 || !isStream(delivery, json, path))) await context.holds.wait(script.hold);
  if (script.firstByteMs > 0) await sleep(script.firstByteMs);
  if (response.destroyed) return;
  await answer(delivery, json, path, context.objects);
}

async function answer(
  delivery: Delivery,
  json: Record<string, unknown>,
  path: string,
  objects: KeptObjects,
): Promise<void> {
  const { script, dialect, log } = delivery;
  const headers = { ...accountHeaders, ...script.headers };
  if (script.status !== undefined && script.status >= 300) {
    const retry = script.retryAfter === undefined ? {} : { 'retry-after': String(script.retryAfter) };
    const text = script.message ?? `the upstream says ${script.status}`;
    const body = script.rawBody ?? JSON.stringify(dialect.errorBody(script.status, text));
    return deliverBody(delivery, script.status, Buffer.from(body), { ...headers, ...retry });
  }
  if (script.rawBody !== undefined) {
    const type = { 'content-type': script.rawType ?? 'text/html' };
    return deliverBody(delivery, 200, Buffer.from(script.rawBody), { ...headers, ...type });
  }
  const kept = objects.answer(log.method, path, log.body, json);
  if (kept) {
    const isBytes = Buffer.isBuffer(kept.value);
    const type = { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' };
    const bytes = isBytes ? (kept.value as Buffer) : Buffer.from(JSON.stringify(kept.value));
    return deliverBody(delivery, kept.status, bytes, { ...headers, ...type });
  }
  const plain = plainAnswer(log.method, path, json, script);
  if (plain !== undefined) return deliverBody(delivery, 200, Buffer.from(JSON.stringify(plain)), headers);
  const composed = composeAnswer(dialect.readPrompt(json, path), script);
  if (isStream(delivery, json, path)) return deliverStream(delivery, dialect.frames(composed, json), headers);
  log.tokensEmitted = composed.thinking.length + composed.text.length;
  const body = dialect.body(composed) as { readonly id: string };
  if (path === '/v1/responses') objects.keep(body);
  return deliverBody(delivery, 200, Buffer.from(JSON.stringify(body)), headers);
}

/** What a real provider says about its own account: none of it is the relay customer's business. */
const accountHeaders = {
  'request-id': 'req_upstream',
  'x-request-id': 'req_upstream',
  server: 'fake-upstream',
  'set-cookie': 'upstream_session=CANARY-COOKIE; Path=/',
  'anthropic-organization-id': 'CANARY-ORGANIZATION',
  'anthropic-ratelimit-requests-limit': '31337',
  'anthropic-ratelimit-requests-remaining': '31336',
  'openai-organization': 'CANARY-ORGANIZATION',
  'openai-processing-ms': '12',
  'x-ratelimit-limit-requests': '31337',
  'x-ratelimit-remaining-requests': '31336',
};

function isStream({ dialect }: Delivery, json: Record<string, unknown>, path: string): boolean {
  return dialect.readPrompt(json, path).stream;
}

function dialectOf(path: string): Dialect {
  if (path.includes('/messages')) return anthropic;
  if (path.includes('/responses')) return responses;
  if (/\/models\/[^/]+:/.test(path)) return gemini;
  return chat;
}

function readJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
