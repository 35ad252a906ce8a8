// Packs the command as npm does, into the one file that the console hands out. Same sources, same bytes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const file = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, 'dist/ai-bridge.tgz'));

await import('./build.mjs');
fs.mkdirSync(path.dirname(file), { recursive: true });
// Beside the file, so that it is put into its place at once: somebody may be fetching the one before.
const folder = fs.mkdtempSync(path.join(path.dirname(file), 'packing-'));
try {
  fs.renameSync(packInto(folder), file);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** @returns what npm made */
function packInto(destination) {
  // The bundle is made: npm runs nothing of ours, asks nobody, and keeps nothing in a home that may not be there.
  const quiet = ['--ignore-scripts', '--offline', '--logs-max=0', '--loglevel=error', '--no-update-notifier'];
  const places = ['--cache', path.join(destination, 'cache'), '--pack-destination', destination];
  const { status, error } = spawnSync('npm', ['pack', ...quiet, ...places], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
    // There npm is a script of the shell's.
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm pack ended with ${status}.`);
  const name = fs.readdirSync(destination).find((entry) => entry.endsWith('.tgz'));
  return path.join(destination, name);
}
