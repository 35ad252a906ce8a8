import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ environment: { DRAIN_SECONDS: '20' } });
});
afterAll(() => stack.stop());

const withinMs = 15_000;
const url = () => `${stack.url}/v1/messages`;
interface Report {
  readonly version: string;
  readonly is_draining: boolean;
  readonly requests_open: number;
  readonly attempts_open: number;
  readonly unsettled: number;
  readonly dead_letters: number;
  readonly journal_state: string;
  readonly redis: string;
}
const report = async () => (await stack.database.query<Report>('SELECT * FROM worker_report'))[0];
const minutes = async () =>
  (
    await stack.database.query(
      `SELECT sum(requests)::integer AS requests, sum(succeeded)::integer AS succeeded, sum(refused)::integer AS refused,
         sum(failed)::integer AS failed FROM worker_minute`,
    )
  )[0];
/** Waits until the worker has told of it. */
const told = <Result>(what: string, check: () => Promise<Result | false | undefined>) =>
  eventually(check, { withinMs, what: () => `it is not told that ${what}` });

test('a worker tells what it has under way and how requests ended, that it drains while a stream is open, and that it has stopped', async () => {
  const body = messages({ chunks: 10, hold: 'long', holdAfter: 5 }, { stream: true });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body });
  await expect.poll(() => stack.upstream.waiting('long')).toBe(1);
  for (let index = 0; index < 3; index++) await call(url(), { headers: anthropicHeaders(stack), body: messages() });
  expect((await call(url(), { headers: { 'x-api-key': 'ab-nobody' }, body: messages() })).status).toBe(401);

  const counts = { requests: 5, succeeded: 3, refused: 1, failed: 0 };
  await told('a stream is open and the others ended', async () => isDeepStrictEqual({ ...(await minutes()) }, counts));
  expect(await report()).toMatchObject({
    ...{
      requests_open: 1,
      attempts_open: 1,
      journal_state: 'open',
      redis: 'unused',
      dead_letters: 0,
      is_draining: false,
    },
    version: expect.stringMatching(/^\d+\.\d+\.\d+ \(Node \d+/),
  });
  await told('all but the stream is settled', async () => (await report())?.unsettled === 0);

  const ended = stack.worker().end('SIGTERM');
  await told('it drains', async () => (await report())?.is_draining);
  stack.upstream.release('long');
  expect((await open.whole).toString()).toContain('message_stop');
  await ended;
  expect(await stack.database.query('SELECT FROM worker WHERE stopped_at IS NOT NULL')).toHaveLength(1);
  expect(await minutes()).toEqual({ ...counts, succeeded: 4 });
});
