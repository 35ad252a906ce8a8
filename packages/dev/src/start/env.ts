import path from 'node:path';
import { readWorkerProcesses } from '@ai-bridge/domain';
import { MailSettingsError, readSmtpSettings } from '@ai-bridge/mail';
import { repositoryRoot } from '../root.ts';
import { UserError } from '../user-error.ts';

/** What the start command reads from its environment. */
export interface StartEnv {
  readonly dataFolder: string;
  readonly host: string;
  readonly webPort: number;
  readonly workerPort: number;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  /** NODE_ENV=production on a database of one's own: nothing is made up, no credentials are written. */
  readonly isProduction: boolean;
  /** Nobody but this machine reaches the console: it listens on loopback, and no public address is named for it. */
  readonly isLocal: boolean;
  /** Absolute path of the configuration file to apply. */
  readonly configFile: string | undefined;
  /** The whole environment, for what is handed on (provider keys, mail, payments). */
  readonly all: Readonly<Record<string, string | undefined>>;
}

/** @throws UserError naming the variable, what it holds and what is expected */
export function readStartEnv(all: Readonly<Record<string, string | undefined>>): StartEnv {
  const text = (name: string) => all[name]?.trim() || undefined;
  if (text('STRIPE_SECRET_KEY') && !text('STRIPE_WEBHOOK_SECRET')) {
    throw new UserError(
      'STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not: payments could not be verified. Set both.',
    );
  }
  requireRightMail(all);
  requireRightProcesses(all);
  const databaseUrl = text('DATABASE_URL');
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new UserError(
      'DATABASE_URL must begin with postgresql://, for example postgresql://user:password@host:5432/bridge.',
    );
  }
  const webPort = readPort('WEB_PORT', text('WEB_PORT'), 3000);
  const workerPort = readPort('WORKER_PORT', text('WORKER_PORT'), 3001);
  if (webPort === workerPort) throw new UserError(`WEB_PORT and WORKER_PORT are both ${webPort}: they must differ.`);
  const configFile = text('BRIDGE_CONFIG');
  const host = text('HOST') ?? '127.0.0.1';
  const isProduction = all['NODE_ENV'] === 'production' && databaseUrl !== undefined;
  return {
    dataFolder: path.resolve(repositoryRoot, text('DATA_DIR') ?? '.data'),
    host,
    webPort,
    workerPort,
    databaseUrl,
    isProduction,
    isLocal: !isProduction && isLoopback(host) && isLoopbackUrl(text('NEXTAUTH_URL')),
    configFile: configFile === undefined ? undefined : path.resolve(repositoryRoot, configFile),
    all,
  };
}

/** The console would refuse to start with these: said before anything is started. */
function requireRightMail(all: StartEnv['all']): void {
  try {
    readSmtpSettings(all);
  } catch (error) {
    throw error instanceof MailSettingsError ? new UserError(error.message) : error;
  }
}

/** The worker would refuse to start with these, but only after everything is built. */
function requireRightProcesses(all: StartEnv['all']): void {
  const sharesState = Boolean(all['UPSTASH_REDIS_REST_URL'] && all['UPSTASH_REDIS_REST_TOKEN']);
  try {
    readWorkerProcesses(all['WORKER_PROCESSES'], sharesState);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

function readPort(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new UserError(`${name} is "${value}": a port is a whole number from 1 to 65535.`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isLoopbackUrl(url: string | undefined): boolean {
  return url === undefined || (URL.canParse(url) && isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, '')));
}

/** Where a browser or a client on this machine reaches a port bound to `host`. */
export function localUrl(host: string, port: number): string {
  const anyAddress = host === '0.0.0.0' || host === '::';
  const name = anyAddress ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
