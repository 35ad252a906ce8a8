import { freePort } from '@ai-bridge/dev';
import { type BrokenServer, startBrokenServer } from '@ai-bridge/testing/network';
import { type FakeUpstream, type Script, startFakeUpstream, type UpstreamRequest } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, call } from '../../support/call.ts';
import { upstreamKey } from '../../support/config.ts';
import { channelFigures, earnRetries, withPair } from '../../support/pairs.ts';
import { anthropicHeaders } from '../../support/prompts.ts';
import { expectedCharge, receiptOf } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';
import { brokenWays, type Case, canary, cases, isClients, type Way, ways } from './ways.ts';

/** Failures before the first content, with a second channel behind the first and without one: each case has channels of its own. */
const rows = cases.map((one) => ({ ...one, name: one.way.name }));
const modelOf = ({ way, kind }: Case, situation: 'pair' | 'alone') => `${situation}-${kind}-${ways.indexOf(way)}`;
const slow = 'slow';
const slowScript: Partial<Script> = { chunks: 1_000, gapMs: 20, usage: 'none' };

let stack: Stack;
let second: FakeUpstream;
const broken: BrokenServer[] = [];
beforeAll(async () => {
  second = await startFakeUpstream();
  const urls = new Map<Way['at'], string>([['refused', `http://127.0.0.1:${await freePort()}`]]);
  for (const way of brokenWays) {
    const server = await startBrokenServer(way);
    broken.push(server);
    urls.set(way, `http://127.0.0.1:${server.port}`);
  }
  stack = await startStack({
    config: (config, upstream) =>
      cases.reduce(
        (whole, one) => {
          const { at, script } = one.way;
          const isSilent = one.way.status === 504;
          const ways = { first: urls.get(at) ?? upstream.url, isSilent, ...(script && { script }) };
          const pair = withPair(whole, modelOf(one, 'pair'), { ...ways, second: second.url });
          return withPair(pair, modelOf(one, 'alone'), ways);
        },
        withPair(config, slow, { first: upstream.url, second: second.url, script: slowScript, isSilent: true }),
      ),
  });
});
afterAll(async () => {
  for (const server of broken) await server.stop();
  await second.stop();
  await stack.stop();
});

async function ask(model: string, kind: Case['kind']): Promise<Answer> {
  await earnRetries(stack, 2);
  return call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model, max_tokens: 100, stream: kind === 'stream', messages: [{ role: 'user', content: 'hello' }] },
  });
}
/** What an upstream was asked for this model, under its own id. */
const requestsFor = (upstream: FakeUpstream, model: string): UpstreamRequest[] =>
  upstream.requests.filter(({ json }) => String(json['model']).split(' ')[0] === model);
const receipt = (answer: Answer) => receiptOf(stack, String(answer.headers['x-request-id']));
const errorType: Readonly<Record<number, string>> = { 504: 'timeout_error', 529: 'overloaded_error' };

test.concurrent.each(rows.filter((row) => !isClients(row)))(
  'when the first of two channels fails ($name, $kind), the second answers whole, and the customer pays once',
  async (row) => {
    const { way, kind } = row;
    const model = modelOf(row, 'pair');
    const answer = await ask(model, kind);
    expect(answer.status).toBe(200);
    expect(answer.headers['x-bridge-attempts']).toBe('2');
    expect(answer.body.equals(requestsFor(second, model)[0]!.sent)).toBe(true);
    const told = await receipt(answer);
    expect(told.attempts).toMatchObject([
      { error: way.error instanceof RegExp ? expect.stringMatching(way.error) : way.error, paidBy: 'house' },
      { error: null, status: 200, paidBy: 'customer' },
    ]);
    expect(told.outcome).toBe('completed');
    expect(BigInt(told.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, output: 5 }));
    const failures = way.blames === false ? 0 : 1;
    expect(await channelFigures(stack, `${model}-first`)).toEqual({ state: way.ejects ? 2 : 0, attempts: 1, failures });
    expect(await channelFigures(stack, `${model}-second`)).toEqual({ state: 0, attempts: 1, failures: 0 });
  },
);

test.concurrent.each(rows)(
  'when the only channel fails ($name, $kind), the client gets $way.status and pays nothing',
  async (row) => {
    const { way, kind } = row;
    const model = modelOf(row, 'alone');
    const answer = await ask(model, kind);
    expect(answer.status).toBe(way.status);
    const attempts = way.attempts ?? 1;
    expect(answer.headers['x-bridge-attempts']).toBe(String(attempts));
    if (!isClients(row)) checkOurError(answer, way);
    const told = await receipt(answer);
    expect(told.outcome).toBe('failed');
    expect(told.attempts).toHaveLength(attempts);
    for (const attempt of told.attempts) {
      expect(attempt.paidBy).toBe('house');
      expect(attempt.error).toMatch(way.error);
    }
    expect(told.chargeNanoUsd).toBe('0');
    const failures = way.blames === false ? 0 : attempts;
    expect(await channelFigures(stack, `${model}-first`)).toEqual({ state: way.ejects ? 2 : 0, attempts, failures });
  },
);

/** The protocol's own form, our own words, and when to come back. */
function checkOurError(answer: Answer, { status, waits }: Way): void {
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.json()).toMatchObject({
    type: 'error',
    error: { type: errorType[status], message: expect.any(String) },
    request_id: answer.headers['x-request-id'],
  });
  expect(answer.headers['retry-after']).toBe(status === 529 ? String(waits ?? 1) : undefined);
  const text = answer.body.toString() + JSON.stringify(answer.headers);
  for (const secret of [canary, upstreamKey, 'CANARY', '127.0.0.1']) expect(text).not.toContain(secret);
}

test.concurrent.each(rows.filter(isClients))(
  'a $name ($kind) is the client’s own: its words pass unchanged and no other channel is tried',
  async (row) => {
    const model = modelOf(row, 'pair');
    const answer = await ask(model, row.kind);
    expect(answer.status).toBe(row.way.status);
    expect(answer.body.equals(requestsFor(stack.upstream, model)[0]!.sent)).toBe(true);
    expect(requestsFor(second, model)).toHaveLength(0);
  },
);

test.concurrent('a stream that takes longer than an answer may is ended with an error event, and what came is paid for', async () => {
  const answer = await ask(slow, 'stream');
  expect(answer.status).toBe(200);
  const last = answer.body.toString().trim().split('\n\n').at(-1);
  expect(last).toMatch(/^event: error\ndata: .*"timeout_error"/);
  expect(requestsFor(second, slow)).toHaveLength(0);
  const told = await receipt(answer);
  expect(told).toMatchObject({
    outcome: 'upstream_broke',
    attempts: [{ error: 'total_timeout', paidBy: 'customer' }],
    usage: { source: 'estimated' },
  });
  expect(told.usage.output).toBeGreaterThan(0);
  expect(told.usage.output).toBeLessThanOrEqual(requestsFor(stack.upstream, slow)[0]!.tokensEmitted);
  expect(await channelFigures(stack, `${slow}-first`)).toEqual({ state: 0, attempts: 1, failures: 1 });
});

test('staff see why a channel was ejected, and for how long', async () => {
  const row = rows.find(({ name, kind }) => name === '401' && kind === 'whole') as Case;
  const model = modelOf(row, 'pair');
  await ask(model, row.kind);
  await expect
    .poll(() =>
      stack.database.query(
        `SELECT s.state, s.last_error, s.ejected_until > now() + interval '30 seconds' AS "isLong"
         FROM channel_state s JOIN channel c ON c.id = s.channel_id WHERE c.name = $1`,
        [`${model}-first`],
      ),
    )
    .toEqual([{ state: 'open', last_error: 'status 401', isLong: true }]);
});

test('after all of this no credit is held, and the books are sound', async () => {
  await stack.atRest();
});
