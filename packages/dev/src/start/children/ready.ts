import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../user-error.ts';
import type { Child } from './child.ts';

const pollMs = 100;
const probeTimeoutMs = 2_000;

/**
 * Waits until the address answers 200.
 * @throws UserError when the process ends first or `timeoutMs` pass
 */
export async function waitUntilReady(child: Child, url: string, timeoutMs: number): Promise<void> {
  const state = { hasEnded: false };
  void child.exited.then(() => {
    state.hasEnded = true;
  });
  const deadline = Date.now() + timeoutMs;
  while (!state.hasEnded && Date.now() < deadline) {
    if (await answers(url)) return;
    await Promise.race([sleep(pollMs), child.exited]);
  }
  const what = state.hasEnded ? 'stopped while starting' : `was not ready after ${timeoutMs / 1000} s`;
  throw new UserError(`The ${child.name} ${what}: see the lines above, or ${child.logFile}.`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
