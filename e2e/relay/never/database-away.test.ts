import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from '@ai-bridge/db';
import { deployMigrations, prismaFolder } from '@ai-bridge/db/migrate';
import { freePort } from '@ai-bridge/dev';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@ai-bridge/dev/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, call } from '../../support/call.ts';
import { organization } from '../../support/config.ts';
import { eventually } from '../../support/eventually.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { receiptOf } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const outageMs = Number(process.env.OUTAGE_SECONDS ?? 5) * 1_000;
const openStreams = 20;
const pauseBetweenRequestsMs = 50;
const coldKey = 'ab-imported-key-of-a-cold-organization';

let stack: Stack;
let postgres: EmbeddedPostgres;
const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-e2e-postgres-'));
const options = { dataFolder, port: await freePort() };

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(options);
  const admin = openPool({ url: postgres.url('postgres'), maxConnections: 1, applicationName: 'e2e' });
  await admin.query('CREATE DATABASE bridge');
  await admin.close();
  await deployMigrations(postgres.url('bridge'), prismaFolder(path.resolve(import.meta.dirname, '../../..')));
  stack = await startStack({
    databaseUrl: postgres.url('bridge'),
    config: (config) => ({
      ...config,
      organizations: [...config.organizations, organization('cold', 1_000_000, { secret: coldKey })],
    }),
  });
});
afterAll(async () => {
  await stack.stop();
  await postgres.stop('immediate');
  fs.rmSync(dataFolder, { recursive: true, force: true });
});

const ask = (script: object, stream: boolean, headers = anthropicHeaders(stack)) =>
  call(`${stack.url}/v1/messages`, { headers, body: messages(script, { stream, max_tokens: 500 }) });

test(
  'Postgres away under load: streams end well, new work is served from leases or refused at once, nothing is lost',
  async () => {
    const before = (await stack.balance()).postedNanoUsd;
    const chunks = Math.ceil((outageMs + 2_000) / 100);
    const streams = Array.from({ length: openStreams }, () => ask({ chunks, gapMs: 100 }, true));
    await expect
      .poll(() => stack.upstream.requests.filter((request) => request.tokensEmitted > 0).length)
      .toBe(openStreams);
    const answers: Answer[] = [];
    let isLoadOn = true;
    const load = (async () => {
      while (isLoadOn) {
        answers.push(await ask({ chunks: 3 }, answers.length % 2 === 0));
        await sleep(pauseBetweenRequestsMs);
      }
    })();
    await sleep(300);
    await postgres.stop('immediate');
    const downSince = performance.now();
    // An organization without a lease cannot be served now, and must hear so while the database is still away.
    const coldHeaders = { 'x-api-key': coldKey, 'anthropic-version': '2023-06-01' };
    const refused = await ask({ chunks: 1 }, false, coldHeaders);
    expect(refused.status).toBe(503);
    expect(refused.json<{ error: { type: string } }>().error.type).toBe('overloaded_error');
    await sleep(Math.max(0, outageMs - (performance.now() - downSince)));
    postgres = await startEmbeddedPostgres(options);
    await eventually(async () => (await ask({ chunks: 1 }, false, coldHeaders)).status === 200, { withinMs: 5_000 });
    await eventually(async () => (await call(`${stack.url}/readyz`)).status === 200, { withinMs: 5_000 });
    isLoadOn = false;
    await load;
    for (const answer of await Promise.all(streams)) {
      expect(answer.body.toString().endsWith('data: {"type":"message_stop"}\n\n')).toBe(true);
      answers.push(answer);
    }
    expect(new Set(answers.map((answer) => answer.status))).toEqual(
      new Set(answers.some((one) => one.status === 503) ? [200, 503] : [200]),
    );
    const served = answers.filter((answer) => answer.status === 200);
    let charged = 0n;
    for (const answer of served) {
      const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
      expect(receipt.outcome).toBe('completed');
      charged += BigInt(receipt.chargeNanoUsd);
    }
    const after = (await stack.atRest()).postedNanoUsd;
    expect(before - after).toBe(charged);
  },
  outageMs * 2 + 60_000,
);
