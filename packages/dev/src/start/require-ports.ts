import { isPortFree } from '../ports.ts';
import { UserError } from '../user-error.ts';
import type { StartEnv } from './env.ts';

/** @throws UserError when a port is in use, naming it and the variable that sets it */
export async function requirePortsFree({ host, webPort, workerPort }: StartEnv): Promise<void> {
  await requirePortFree('WEB_PORT', webPort, host);
  await requirePortFree('WORKER_PORT', workerPort, host);
}

async function requirePortFree(variable: string, port: number, host: string): Promise<void> {
  if (await isPortFree(port, host)) return;
  throw new UserError(
    `Port ${port} on ${host} is in use. Stop what listens there, or choose another port with ${variable}.`,
  );
}
