import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildSpec } from './build-app.ts';

const packages = (names: string) => names.split(' ').map((name) => `packages/${name}`);
const common = [...packages('domain db ledger usage access catalog billing mail'), 'prisma', 'pnpm-lock.yaml'];

/** What both apps get of the machine: where programs are and how this system speaks, nothing of AI-Bridge. */
export function systemEnvironment(all: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names =
    'PATH HOME USER LOGNAME SHELL LANG LC_ALL TZ TMPDIR TEMP TMP SYSTEMROOT NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy';
  const taken: Record<string, string> = {};
  for (const name of names.split(' ')) {
    const value = all[name];
    if (value !== undefined) taken[name] = value;
  }
  return taken;
}

/** How the worker is bundled. */
export function workerBuild(root: string, logFile: string, env: Record<string, string>): BuildSpec {
  const cwd = path.join(root, 'apps/worker');
  return {
    name: 'worker',
    sources: ['apps/worker', 'packages/protocol', ...common],
    output: path.join(cwd, 'dist/main.js'),
    process: { command: process.execPath, args: ['build.mjs'], cwd, env, logFile },
  };
}

/** How the web app is built. */
export function webBuild(root: string, logFile: string, env: Record<string, string>): BuildSpec {
  const cwd = path.join(root, 'apps/web');
  return {
    name: 'web console',
    sources: ['apps/web', 'packages/tool-setup', ...common],
    output: path.join(cwd, '.next/BUILD_ID'),
    process: {
      command: process.execPath,
      args: ['build.mjs'],
      cwd,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      logFile,
    },
  };
}

/** Where the `ai-bridge` command lies once it is packed: what the console hands out. */
export function packedCommand(root: string): string {
  return path.join(root, 'apps/cli/dist/ai-bridge.tgz');
}

/** How the `ai-bridge` command is packed. */
export function commandBuild(root: string, logFile: string, env: Record<string, string>): BuildSpec {
  return {
    name: 'ai-bridge command',
    // All that the import law lets it take in.
    sources: ['apps/cli', 'packages/tool-setup', 'packages/catalog/src/presets.ts', 'pnpm-lock.yaml'],
    output: packedCommand(root),
    process: { command: process.execPath, args: ['pack.mjs'], cwd: path.join(root, 'apps/cli'), env, logFile },
  };
}

/** Next's command line program, as the web app has it. */
export function nextProgram(root: string): string {
  const manifest = createRequire(path.join(root, 'apps/web/package.json')).resolve('next/package.json');
  return path.join(path.dirname(manifest), 'dist/bin/next');
}

/** tsx' command line program: runs TypeScript from its sources, again at each change. */
export function typescriptProgram(): string {
  return createRequire(import.meta.url).resolve('tsx/cli');
}
