import { headers } from 'next/headers';
import { composition } from '#server/deps.ts';
import { workerAddress } from '../worker-address.ts';

/** Where the visitor of this very request reaches the worker. */
export async function currentWorkerAddress(): Promise<string> {
  const { site } = composition();
  const sent = await headers();
  return workerAddress({
    configured: site.workerPublicUrl,
    host: sent.get('host'),
    protocol: sent.get('x-forwarded-proto')?.startsWith('https') ? 'https' : 'http',
    workerPort: site.workerPort,
  });
}
