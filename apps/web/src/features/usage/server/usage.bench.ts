import { chooseProviders } from '@ai-bridge/billing';
import { readOwnKeyPlaces } from '@ai-bridge/catalog';
import { openPool, openPrisma } from '@ai-bridge/db';
import { systemClock } from '@ai-bridge/domain';
import type { Context } from '#server/context.ts';
import { createDeps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import type { UsageNarrowing } from '../usage-view.ts';

/** What each procedure of the usage page may take at its 95th percentile. */
const barMs = 300;
const runs = 20;
/** Runs before, which nobody waits for: connections, plans and pages of the database. */
const warmUpRuns = 2;
/** Pages that are turned to measure a deep one. */
const deepPage = 20;

/** Times every procedure of the usage page as the owner of the organization calls it (`npm run bench:usage` starts this with the database's address, the organization and the time). */
async function main(): Promise<boolean> {
  const [, , url = '', organizationId = '', now = ''] = process.argv;
  const database = openPool({ url, maxConnections: 4, applicationName: 'bench-usage' });
  const context = contextOf(database, organizationId, Date.parse(now) - 1);
  const measured: Measured[] = [];
  for (const [name, call] of Object.entries(callsOf(createCaller(context)))) measured.push(await measure(name, call));
  process.stdout.write(`${tableOf(measured)}\n`);
  await database.close();
  return measured.every(({ p95Ms }) => p95Ms <= barMs);
}

interface Measured {
  readonly name: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

type Caller = ReturnType<typeof createCaller>;

function callsOf({ usage }: Caller): Record<string, () => Promise<unknown>> {
  const narrowings: Record<string, UsageNarrowing> = {
    all: {},
    'a busy key': { key: 'key_bench_0_0' },
    'a rare key': { key: 'key_bench_0_199' },
    'a rare model': { model: 'model-99' },
    'a member': { member: 'usr_bench_3' },
    errors: { status: 'errors' },
    'member, model, provider': { member: 'usr_bench_3', model: 'model-3', provider: 'provider-3' },
    'nothing matches': { model: 'model-99', provider: 'provider-0' },
  };
  const calls: Record<string, () => Promise<unknown>> = {
    summary: () => usage.summary({}),
    choices: () => usage.choices({}),
  };
  for (const range of ['48h', '30d', '90d']) {
    for (const by of ['model', 'key', 'member', 'provider', 'status'] as const)
      calls[`breakdown ${range} by ${by}`] = () => usage.breakdown({ range, by, metric: 'spend', narrowing: {} });
  }
  for (const [name, narrowing] of Object.entries(narrowings)) {
    calls[`breakdown 90d by model: ${name}`] = () =>
      usage.breakdown({ range: '90d', by: 'model', metric: 'tokens', narrowing });
    calls[`requests 90d: ${name}`] = () => usage.requests({ range: '90d', narrowing });
  }
  let cursor: string | undefined;
  calls[`requests 90d: page ${deepPage} and on`] = async () => {
    for (let page = 0; !cursor && page < deepPage; page++) cursor = await nextOf(usage, cursor);
    cursor = await nextOf(usage, cursor);
  };
  return calls;
}

async function nextOf(usage: Caller['usage'], cursor: string | undefined): Promise<string | undefined> {
  return (await usage.requests({ range: '90d', narrowing: {}, cursor })).nextCursor;
}

async function measure(name: string, call: () => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  for (let run = 0; run < warmUpRuns + runs; run++) {
    const startedAt = performance.now();
    await call();
    if (run >= warmUpRuns) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(runs - 1, Math.floor(share * runs))] ?? Number.NaN;
  return { name, p50Ms: at(0.5), p95Ms: at(0.95) };
}

function tableOf(measured: readonly Measured[]): string {
  const width = Math.max(...measured.map(({ name }) => name.length));
  const line = ({ name, p50Ms, p95Ms }: Measured) =>
    `${name.padEnd(width)}  ${p50Ms.toFixed(1).padStart(8)}  ${p95Ms.toFixed(1).padStart(8)}  ${p95Ms <= barMs ? 'ok' : 'MISSED'}`;
  return [`${'procedure'.padEnd(width)}    p50 ms    p95 ms  bar ${barMs}`, ...measured.map(line)].join('\n');
}

function contextOf(database: ReturnType<typeof openPool>, organizationId: string, nowMs: number): Context {
  const siteUrl = 'http://site.example';
  const deps = createDeps({
    ...{ prisma: openPrisma(database.pool), database, siteUrl, keyPepper: 'bench', sealingPublicKey: 'none' },
    ownKeyPlaces: readOwnKeyPlaces({}),
    providers: chooseProviders({ database, clock: systemClock, env: {}, siteUrl, isSandboxAllowed: false }),
    clock: { ...systemClock, now: () => nowMs },
  });
  const user = { id: 'usr_bench_0', email: 'bench-0@example.com', name: 'Member 0', isEmailVerified: true };
  const session = { user, memberships: [{ organizationId, role: 'owner' }] } as unknown as Context['session'];
  return { deps, session, requestId: 'req_bench', address: '127.0.0.1' };
}

process.exit((await main()) ? 0 : 1);
