// The first file of every command (npm start, npm test ...): plain Node without packages, because none may be installed yet.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateDatabaseClient } from './bootstrap/generate.mjs';
import { installPackages } from './bootstrap/install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const least = [20, 19];

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  throw new Error(`AI-Bridge needs Node ${least.join('.')} or newer; this is Node ${process.versions.node}.`);
}

try {
  checkNodeVersion();
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  process.env.TURBO_TELEMETRY_DISABLED = '1';
  process.env.CHECKPOINT_DISABLE = '1';
  installPackages(root);
  generateDatabaseClient(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

// turbo calls pnpm by name; the one that packages/dev pins is always there.
process.env.PATH = [path.join(root, 'packages/dev/node_modules/.bin'), process.env.PATH ?? ''].join(path.delimiter);
// In this same process: a child would be one more to hand signals to.
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(path.join(root, 'packages/dev/src/main.ts')).href);
