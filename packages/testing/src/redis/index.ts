import { findRedisServer, freePort } from '@ai-bridge/dev';
import { type FaultProxy, startFaultProxy } from '../network/proxy.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { type RestFront, startRestFront } from './rest-front.ts';

/** Whether there is a Redis to test with; tests that need one are skipped, and counted as skipped, where there is none. */
export const hasRedis = findRedisServer() !== undefined;

/** What UPSTASH_REDIS_REST_URL stands for in tests: a real Redis, the REST protocol, and a network between that misbehaves on demand. */
export interface TestRedis {
  /** Where clients go: through the network. */
  readonly url: string;
  readonly token: string;
  readonly server: RedisServer;
  readonly front: RestFront;
  readonly network: FaultProxy;
  stop(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const server = await startRedisServer(await freePort());
  const front = await startRestFront(server.port);
  const network = await startFaultProxy({ port: Number(new URL(front.url).port) });
  return {
    url: `http://127.0.0.1:${network.port}`,
    token: front.token,
    server,
    front,
    network,
    async stop() {
      await network.stop();
      await front.stop();
      await server.stop();
    },
  };
}
