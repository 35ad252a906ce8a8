import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { identifyProcess, type ProcessIdentity } from '../../process-identity.ts';
import { openLogFile } from './log-file.ts';

export interface ChildSpec {
  /** What people call it: web, worker ... */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Gets each line as it comes, beside the log. */
  onLine?(line: string, from: 'out' | 'error'): void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly name: string;
  readonly logFile: string;
  readonly identity: ProcessIdentity | undefined;
  /** Resolves, never rejects, when the process has ended and its output is read. */
  readonly exited: Promise<ChildExit>;
  /** The last lines it wrote. */
  lastLines(): readonly string[];
  /** Asks it to end (SIGTERM); after `graceMs` its whole group is killed. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
  /** Kills its whole group at once. */
  kill(): void;
}

/** Longest line kept; what follows is cut, so that a program without line ends cannot fill the memory. */
const maxLineCharacters = 16_384;
/** How long after its end its last output is waited for. */
const outputGraceMs = 1_000;

/**
 * Starts a process in a group of its own: Ctrl-C at the terminal reaches only the start command, which then stops its
 * children in the right order.
 */
export function startChild(spec: ChildSpec): Child {
  const log = openLogFile(spec.logFile);
  const running = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let hasEnded = false;
  readLines(running.stdout, (line) => {
    log.write(line);
    spec.onLine?.(line, 'out');
  });
  readLines(running.stderr, (line) => {
    log.write(line);
    spec.onLine?.(line, 'error');
  });
  const signalGroup = (signal: NodeJS.Signals) => {
    if (hasEnded || running.pid === undefined) return;
    try {
      process.kill(-running.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const exited = new Promise<ChildExit>((resolve) => {
    const end = (exit: ChildExit) => {
      if (hasEnded) return;
      hasEnded = true;
      log.close();
      resolve(exit);
    };
    running.once('error', (error) => {
      log.write(`${spec.command}: ${error.message}`);
      end({ code: 127, signal: null });
    });
    running.once('exit', (code, signal) => {
      // What it started itself and left behind would keep its pipes open.
      signalGroup('SIGKILL');
      setTimeout(() => end({ code, signal }), outputGraceMs).unref();
    });
    running.once('close', (code, signal) => end({ code, signal }));
  });
  return {
    name: spec.name,
    logFile: spec.logFile,
    identity: running.pid === undefined ? undefined : identifyProcess(running.pid),
    exited,
    lastLines: log.tail,
    async stop(graceMs) {
      if (hasEnded) return;
      running.kill('SIGTERM');
      const timer = setTimeout(() => signalGroup('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
    kill: () => signalGroup('SIGKILL'),
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLineCharacters);
    for (const line of lines) onLine(line.slice(0, maxLineCharacters));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
