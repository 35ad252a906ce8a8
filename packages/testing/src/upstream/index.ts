import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeptBatches } from './batches.ts';
import { answerRequest } from './handle.ts';
import { createHolds } from './holds.ts';
import type { UpstreamRequest } from './log.ts';
import { createKeptObjects } from './objects.ts';
import type { Script } from './script.ts';

export type { BatchEnd } from './batches.ts';
export type { UpstreamRequest } from './log.ts';
export { type Refusal, type Script, sim, type UsageScript } from './script.ts';

/** A fake provider on loopback that speaks every protocol and does what each prompt's script says. */
export interface FakeUpstream {
  /** Origin, without a path. */
  readonly url: string;
  readonly port: number;
  /** Every request in the order of arrival. */
  readonly requests: readonly UpstreamRequest[];
  /** Batches that were made here, and how they end. */
  readonly batches: Pick<KeptBatches, 'end' | 'forget' | 'ids'>;
  /** How requests without a script of their own are answered from now on. */
  behave(script: Partial<Script>): void;
  /** Lets everything through that waits at this gate, and all that comes to it later. */
  release(hold: string): void;
  waiting(hold: string): number;
  /** Forgets the requests seen so far. */
  clear(): void;
  stop(): Promise<void>;
}

export async function startFakeUpstream(options: { readonly port?: number } = {}): Promise<FakeUpstream> {
  const requests: UpstreamRequest[] = [];
  const holds = createHolds();
  const objects = createKeptObjects();
  let base: Partial<Script> = {};
  const server = http.createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    answerRequest(request, response, { base: () => base, holds, objects, seen: (entry) => requests.push(entry) }).catch(
      (error) => {
        response.destroy(error as Error);
      },
    );
  });
  server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: 4096 });
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    batches: objects.batches,
    behave: (script) => {
      base = script;
    },
    release: holds.release,
    waiting: holds.waiting,
    clear: () => void requests.splice(0),
    async stop() {
      holds.releaseAll();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
