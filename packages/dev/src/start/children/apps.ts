import path from 'node:path';
import { sealingPublicKey } from '@ai-bridge/catalog';
import {
  commandBuild,
  nextProgram,
  packedCommand,
  systemEnvironment,
  typescriptProgram,
  webBuild,
  workerBuild,
} from '../build/apps.ts';
import type { BuildSpec } from '../build/build-app.ts';
import type { StartEnv } from '../env.ts';
import { localUrl } from '../env.ts';
import type { Secrets } from '../secrets.ts';
import type { ChildSpec } from './child.ts';

export interface AppContext {
  readonly root: string;
  readonly env: StartEnv;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  /** `dev` runs from the sources and reloads; `start` runs what was built. */
  readonly mode: 'start' | 'dev';
}

/** The apps as the start command sees them: what to build, what to run. Tests put stand-ins here. */
export interface Apps {
  builds(root: string, env: StartEnv): readonly BuildSpec[];
  worker(context: AppContext): ChildSpec;
  web(context: AppContext): ChildSpec;
}

export const bridgeApps: Apps = {
  builds(root, env) {
    const system = systemEnvironment(env.all);
    return [
      workerBuild(root, logFileOf(env, 'build-worker'), system),
      commandBuild(root, logFileOf(env, 'build-command'), system),
      webBuild(root, logFileOf(env, 'build-web'), system),
    ];
  },
  worker: workerProcess,
  web: webProcess,
};

/** How long the worker may let open streams finish when it is stopped. */
export const defaultDrainSeconds = 30;

const workerExtras = [
  'NEXTAUTH_URL',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'SESSION_TTL',
  'WORKER_PROCESSES',
  'METRICS_TOKEN',
  'BATCH_POLL_MS',
  'LOG_LEVEL',
  // The worker follows provider keys at its own starts too.
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'GEMINI_API_KEY',
  'GEMINI_BASE_URL',
];
const webExtras = [
  // Customers' own keys are sealed for the providers' addresses.
  'ANTHROPIC_BASE_URL',
  'OPENAI_BASE_URL',
  'GEMINI_BASE_URL',
  'NEXTAUTH_URL',
  'WORKER_PUBLIC_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
  'SANDBOX_PAYMENTS',
  'SMTP_URL',
  'MAIL_FROM',
  'GITHUB_ID',
  'GITHUB_SECRET',
  'GITHUB_BASE',
  'GITHUB_API_BASE',
  'GOOGLE_ID',
  'GOOGLE_SECRET',
  'GOOGLE_ISSUER',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'LOG_LEVEL',
];

/** The worker as a process. */
function workerProcess(context: AppContext): ChildSpec {
  const { root, env, mode } = context;
  const cwd = path.join(root, 'apps/worker');
  const fromSources = [typescriptProgram(), 'watch', '--clear-screen=false', 'src/main.ts'];
  return {
    name: 'worker',
    command: process.execPath,
    args: mode === 'dev' ? fromSources : ['dist/main.js'],
    cwd,
    logFile: logFileOf(env, 'worker'),
    env: {
      ...(env.isLocal ? { NEXTAUTH_URL: localUrl(env.host, env.webPort) } : {}),
      ...commonEnvironment(context),
      ...taken(env, workerExtras),
      // The console gets the public half alone: it can seal a credential, not open it.
      BRIDGE_SEALING_KEY: context.secrets.BRIDGE_SEALING_KEY,
      WORKER_PORT: String(env.workerPort),
      WEB_URL: localUrl(env.host, env.webPort),
      DRAIN_SECONDS: env.all['DRAIN_SECONDS'] ?? String(defaultDrainSeconds),
    },
  };
}

/** The web console as a process. */
function webProcess(context: AppContext): ChildSpec {
  const { root, env, mode } = context;
  return {
    name: 'web console',
    command: process.execPath,
    args: mode === 'dev' ? [nextProgram(root), 'dev', '-p', String(env.webPort), '-H', env.host] : ['server.mjs'],
    cwd: path.join(root, 'apps/web'),
    logFile: logFileOf(env, 'web'),
    env: {
      // Without NEXTAUTH_URL the console trusts the host it is reached by, so that it works by any of this machine's names.
      ...(env.all['NEXTAUTH_URL'] ? {} : { AUTH_TRUST_HOST: '1' }),
      // Nobody buys without money where others reach it and may take it for a shop (docs/decisions/0018).
      ...(env.isLocal ? { SANDBOX_PAYMENTS: '1' } : {}),
      // Nothing is packed while developing, and what an earlier start packed may be old.
      ...(mode === 'start' ? { COMMAND_FILE: packedCommand(root) } : {}),
      ...commonEnvironment(context),
      ...taken(env, webExtras),
      WEB_PORT: String(env.webPort),
      WEB_URL: localUrl(env.host, env.webPort),
      NEXTAUTH_SECRET: context.secrets.NEXTAUTH_SECRET,
      BRIDGE_SEALING_PUBLIC_KEY: sealingPublicKey(context.secrets.BRIDGE_SEALING_KEY),
      WORKER_PORT: String(env.workerPort),
      WORKER_URL: localUrl(env.host, env.workerPort),
      NEXT_TELEMETRY_DISABLED: '1',
    },
  };
}

function logFileOf(env: StartEnv, name: string): string {
  return path.join(env.dataFolder, 'logs', `${name}.log`);
}

function commonEnvironment({ env, secrets, databaseUrl, mode }: AppContext): Record<string, string> {
  return {
    ...systemEnvironment(env.all),
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    DATABASE_URL: databaseUrl,
    DATA_DIR: env.dataFolder,
    HOST: env.host,
    BRIDGE_KEY_PEPPER: secrets.BRIDGE_KEY_PEPPER,
  };
}

function taken(env: StartEnv, names: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = env.all[name];
    if (value) values[name] = value;
  }
  return values;
}
