import { readEnv } from '#env.ts';
import { workerAddress } from '#features/gateway/worker-address.ts';

let known: { readonly configured: string | undefined; readonly workerPort: number } | undefined;

/** The origin at which this visitor's browser reaches the worker. @param host of the visitor's own request */
export function workerOrigin(host: string | null, https: boolean): string {
  known ??= readWorker();
  return new URL(workerAddress({ ...known, host, protocol: https ? 'https' : 'http' })).origin;
}

function readWorker() {
  const { WORKER_PUBLIC_URL: configured, WORKER_PORT: workerPort } = readEnv();
  return { configured, workerPort };
}
