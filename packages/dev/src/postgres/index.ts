import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { identifyProcess } from '../process-identity.ts';
import { postgresBinaries } from './binaries.ts';

export interface EmbeddedPostgresOptions {
  /** The cluster's folder; made on first use. */
  readonly dataFolder: string;
  readonly port: number;
  /** Server settings, for example { fsync: 'off' } for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Connection string of the superuser to the given database. */
  url(database: string): string;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** Stops the server: "fast" rolls open transactions back, "immediate" is a crash. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

const superuser = 'bridge';
/** nobody: what a root process drops to, because Postgres refuses to run as root. */
const unprivilegedId = 65534;

/**
 * Starts a real Postgres from npm's binaries in `dataFolder`, or joins the one that already runs there (left behind by
 * a killed starter). It needs nothing of the machine but Node.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const isRoot = process.getuid?.() === 0;
  const bin = path.join(postgresBinaries(isRoot), 'bin');
  const identity = isRoot ? { uid: unprivilegedId, gid: unprivilegedId } : {};
  const data = path.resolve(options.dataFolder);
  const environment = { ...process.env, LC_ALL: 'C.UTF-8', PGTZ: 'UTC', TZ: 'UTC' };
  const run = (program: string, args: string[]) => {
    const result = spawnSync(path.join(bin, program), args, {
      ...identity,
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment,
    });
    return { ok: result.status === 0, text: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}` };
  };
  await prepareFolder(data, isRoot);
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) {
    const made = run('initdb', [
      '-D',
      data,
      '-U',
      superuser,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
    ]);
    if (!made.ok) throw new Error(`Postgres could not be set up in ${data}: ${made.text.trim()}`);
  }
  const running = runningServer(data);
  if (!running || running.port !== options.port) {
    if (running) run('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop']);
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      timezone: 'UTC',
      log_timezone: 'UTC',
      ...options.settings,
    };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    const log = path.join(data, 'server.log');
    const started = await startServer(
      path.join(bin, 'pg_ctl'),
      ['-D', data, '-w', '-t', '30', '-l', log, '-o', `-p ${options.port} ${flags.join(' ')}`, 'start'],
      identity,
      environment,
    );
    if (!started) throw new Error(`Postgres did not start on port ${options.port}: ${lastLines(log)}`);
  }
  const server = runningServer(data);
  if (!server) throw new Error(`Postgres stopped right after its start: ${lastLines(path.join(data, 'server.log'))}`);
  return {
    pid: server.pid,
    url: (database) => `postgresql://${superuser}@127.0.0.1:${options.port}/${database}`,
    async stop(mode = 'fast') {
      await startServer(
        path.join(bin, 'pg_ctl'),
        ['-D', data, '-w', '-t', '30', '-m', mode, 'stop'],
        identity,
        environment,
      );
    },
  };
}

/** pg_ctl hands its own outputs to the server it starts, so they must not be pipes that this process waits for. */
function startServer(program: string, args: string[], identity: object, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...identity, cwd: '/', stdio: 'ignore', env, detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function prepareFolder(data: string, isRoot: boolean): Promise<void> {
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  if (!isRoot) return;
  fs.chownSync(data, unprivilegedId, unprivilegedId);
  // The unprivileged server must be able to walk to its folder.
  for (let at = path.dirname(data); at !== path.dirname(at); at = path.dirname(at)) {
    const mode = fs.statSync(at).mode;
    if ((mode & 0o001) === 0) fs.chmodSync(at, mode | 0o001);
  }
}

/** Process and port of a server that runs on this cluster, read from its own lock file. */
function runningServer(data: string): { pid: number; port: number } | undefined {
  const file = path.join(data, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  // The file outlives a crash of the machine, after which the number may be anybody's: never signal a stranger.
  if (!identifyProcess(pid) || !isPostgres(pid)) return undefined;
  return { pid, port: Number(lines[3]) };
}

function isPostgres(pid: number): boolean {
  const name = `/proc/${pid}/comm`;
  if (fs.existsSync(name)) return /postgres/.test(fs.readFileSync(name, 'utf8'));
  const shown = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  // Without ps there is nothing better than to believe the file.
  return shown.error !== undefined || /postgres/.test(shown.stdout);
}

function lastLines(file: string): string {
  if (!fs.existsSync(file)) return 'no server log';
  return fs.readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' | ');
}
