import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@ai-bridge/dev';
import { eventually } from './eventually.ts';

/** A first start installs and builds. */
export const startTimeoutMs = 300_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A whole product under test, started as a user would. */
export interface Product {
  readonly webUrl: string;
  readonly workerUrl: string;
  /** What its parts were told besides the tests' own environment: ports and DATA_DIR (welcome.json is in there). */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** Starts the product on free ports with a data folder of its own. `settings` are more environment, for example BRIDGE_CONFIG. */
export async function startProduct(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-console-'));
  const [webPort, workerPort] = [await freePort(), await freePort()];
  const environment = { WEB_PORT: String(webPort), WORKER_PORT: String(workerPort), DATA_DIR: dataFolder };
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, ...settings, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the stop reaches the start command itself and not only npm.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const webUrl = `http://127.0.0.1:${webPort}`;
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
      const health = await fetch(`${webUrl}/api/health`).catch(() => undefined);
      return health?.status === 200 && fs.existsSync(path.join(dataFolder, 'welcome.json'));
    },
    { withinMs: startTimeoutMs, what: () => `npm start is not ready:\n${output}` },
  );
  return {
    webUrl,
    workerUrl: `http://127.0.0.1:${workerPort}`,
    environment,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) {
        const exited = once(child, 'exit');
        process.kill(-child.pid, 'SIGINT');
        await exited;
      }
      fs.rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
