export interface WorkerAddressInput {
  /** WORKER_PUBLIC_URL */
  readonly configured: string | undefined;
  /** The Host header of the visitor's own request. */
  readonly host: string | null;
  readonly protocol: 'http' | 'https';
  readonly workerPort: number;
}

/**
 * The address at which this visitor reaches the worker, without a trailing slash: what was configured, else the host
 * name by which the visitor reached the console, with the worker's port.
 */
export function workerAddress({ configured, host, protocol, workerPort }: WorkerAddressInput): string {
  if (configured) return configured.replace(/\/+$/, '');
  const origin = `${protocol}://${host ?? 'localhost'}`;
  const url = new URL(URL.canParse(origin) ? origin : `${protocol}://localhost`);
  return `${protocol}://${url.hostname}:${workerPort}`;
}
