import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** vitest's global set-up: bundles the worker once, so that each start of it takes a fraction of a second. */
export default function setup(): void {
  const folder = fileURLToPath(new URL('../../apps/worker/', import.meta.url));
  const built = spawnSync(process.execPath, ['build.mjs'], { cwd: folder, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the worker does not build: ${built.stdout}${built.stderr}`);
}
