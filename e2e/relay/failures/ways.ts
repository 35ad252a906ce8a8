import type { BrokenWay } from '@ai-bridge/testing/network';
import type { Script } from '@ai-bridge/testing/upstream';

/** How an upstream fails, and what that comes to. */
export interface Way {
  readonly name: string;
  /** What the fake upstream does ... */
  readonly script?: Partial<Script>;
  /** ... or who is there instead of it. */
  readonly at?: 'refused' | BrokenWay;
  /** Where it makes sense for one kind of request only. */
  readonly only?: 'stream' | 'whole';
  /** What the client gets where no other channel is there. */
  readonly status: number;
  /** The seconds to wait that he is told then; unless said otherwise 1 for a busy upstream, and none at all for anything else. */
  readonly waits?: number;
  /** What the receipt says of each attempt. */
  readonly error: string | RegExp;
  /** Upstream calls where no other channel is there. */
  readonly attempts?: number;
  /** The channel is ejected by this alone; otherwise it counts as one failure, or as none. */
  readonly ejects?: boolean;
  readonly blames?: boolean;
}

/** What an upstream says in its errors; no client may ever read it. */
export const canary = 'CANARY';

const html = { rawBody: `<html>${canary}` };
const json = (rawBody: string) => ({ rawBody, rawType: 'application/json' });
const eventStream = (rawBody: string) => ({ rawBody, rawType: 'text/event-stream' });
const broken = /^connect: (ECONNRESET|EPIPE|ANSWER_CUT)$/;
/** Where no connection came about, or it broke, the same channel is called again. */
const disconnected = { status: 529, error: broken, attempts: 3 } as const;
const silent = (phase: 'first_byte' | 'idle' | 'total') => ({ status: 504, error: `${phase}_timeout` });
const noAnswer = (why: string) => ({ status: 529, error: `no_answer: ${why}` });

const connections: Way[] = [
  { ...disconnected, name: 'refuses the connection', at: 'refused', error: 'connect: ECONNREFUSED' },
  { ...disconnected, name: 'resets the connection', at: 'resets' },
  { ...disconnected, name: 'closes the connection without a word', at: 'closes' },
  { ...disconnected, name: 'does not speak HTTP', at: 'babbles', error: 'connect: ANSWER_BROKEN' },
  { ...disconnected, name: 'breaks off before any content', script: { cutAfter: 0 }, only: 'stream' },
  {
    ...disconnected,
    name: 'breaks off in half an event',
    script: { cutAfter: 0, halvesLast: true },
    only: 'stream',
  },
  { ...disconnected, name: 'breaks off in a body', script: { cutAfter: 1 }, only: 'whole' },
];

const silences: Way[] = [
  { ...silent('first_byte'), name: 'takes the connection and says nothing', at: 'ignores' },
  { ...silent('first_byte'), name: 'says nothing at all', script: { firstByteMs: 60_000 } },
  { ...silent('first_byte'), name: 'is silent behind the head', script: { stallAfter: -1 }, only: 'stream' },
  { ...silent('idle'), name: 'is silent before any content', script: { stallAfter: 0 }, only: 'stream' },
  {
    ...silent('idle'),
    name: 'is silent in half an event',
    script: { stallAfter: 0, halvesLast: true },
    only: 'stream',
  },
  { ...silent('idle'), name: 'is silent in the middle of a body', script: { stallAfter: 1 }, only: 'whole' },
  { ...silent('total'), name: 'never comes to its answer', at: 'drips' },
];

const noAnswers: Way[] = [
  {
    ...noAnswer('the stream ended before it began'),
    name: 'ends in half an event',
    script: eventStream('event: message_start\ndata: {"type":"mess'),
    only: 'stream',
  },
  {
    ...noAnswer('the stream ended before it began'),
    name: 'sends an empty stream',
    script: eventStream(''),
    only: 'stream',
  },
  {
    name: 'sends an error before any content',
    script: { errorEventAfter: 0, message: canary },
    only: 'stream',
    status: 529,
    error: 'error_event: overloaded_error',
  },
  { ...noAnswer('content type text/html'), name: 'sends a page', script: html },
  { ...noAnswer('the body is not JSON'), name: 'calls a page JSON', script: { ...json(html.rawBody) } },
  { ...noAnswer('the body is empty'), name: 'sends an empty body', script: json('') },
  {
    ...noAnswer('an error with status 200: overloaded_error'),
    name: 'says an error with status 200',
    script: json(`{"type":"error","error":{"type":"overloaded_error","message":"${canary}"}}`),
  },
  {
    name: 'answers in an encoding that was not asked for',
    script: { headers: { 'content-encoding': 'gzip' } },
    status: 529,
    error: 'encoding: the answer came in an encoding that was not asked for',
  },
];

/** An error status that is ours to deal with. */
function told(name: string, script: Partial<Script>, more: Partial<Way> = {}): Way {
  return {
    name,
    script: { message: canary, ...script },
    status: 529,
    error: `status: status ${script.status}`,
    ...more,
  };
}

const clients = [400, 409, 413, 422].map(
  (status): Way => ({ name: String(status), script: { status }, status, error: `status ${status}`, blames: false }),
);

const statuses: Way[] = [
  ...clients,
  ...[401, 402, 403].map((status) => told(String(status), { status }, { ejects: true })),
  told('404', { status: 404 }, { blames: false }),
  ...[408, 429, 500, 502, 503, 504, 520, 529].map((status) => told(String(status), { status })),
  told('429 that says when', { status: 429, retryAfter: 7 }, { ejects: true, waits: 7 }),
  told('429 for a billion seconds', { status: 429, retryAfter: 1e9 }, { ejects: true, waits: 300 }),
  told('429 for no time', { status: 429, retryAfter: 0 }),
  told('429 until the day before', { status: 429, retryAfter: 'Fri, 20 Nov 2020 12:00:00 GMT' }),
  told(
    '429 until years ahead',
    { status: 429, retryAfter: 'Fri, 21 Nov 2121 12:00:00 GMT' },
    { ejects: true, waits: 300 },
  ),
  told('503 that says when', { status: 503, retryAfter: 7 }, { waits: 7 }),
  told('529 that says when', { status: 529, retryAfter: 7 }, { waits: 7 }),
];

export const ways: readonly Way[] = [...connections, ...silences, ...noAnswers, ...statuses];

/** Each way with the kinds of request that it concerns. */
export const cases = ways.flatMap((way) =>
  (['stream', 'whole'] as const).flatMap((kind) =>
    way.only === undefined || way.only === kind ? [{ way, kind }] : [],
  ),
);
export type Case = (typeof cases)[number];

/** A 4xx that is the client's own doing. */
export const isClients = ({ way }: Case) => way.status < 500;

export const brokenWays = [...new Set(ways.flatMap(({ at }) => (at === undefined || at === 'refused' ? [] : [at])))];
