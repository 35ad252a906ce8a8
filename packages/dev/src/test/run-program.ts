import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** Null when it was killed. */
  readonly code: number | null;
  /** The end of what it wrote, both streams together. */
  readonly output: string;
}

export interface ProgramRunner {
  /** Runs a program to its end, at most `timeoutMs`. */
  run(command: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult>;
  /** Kills what runs now, with all its descendants of the same group. */
  killAll(): void;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

const maxOutputCharacters = 200_000;

export function createProgramRunner(): ProgramRunner {
  const running = new Set<number>();
  const kill = (pid: number) => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  };
  return {
    killAll() {
      for (const pid of running) kill(pid);
    },
    run: (command, args, options) =>
      new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: options.cwd,
          env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...options.env },
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: true,
        });
        let output = '';
        const keep = (chunk: string) => {
          output = (output + chunk).slice(-maxOutputCharacters);
        };
        child.stdout.setEncoding('utf8').on('data', keep);
        child.stderr.setEncoding('utf8').on('data', keep);
        const { pid } = child;
        if (pid !== undefined) running.add(pid);
        const timer = setTimeout(() => {
          keep(`\nStopped: it ran longer than ${options.timeoutMs / 60_000} minutes.`);
          if (pid !== undefined) kill(pid);
        }, options.timeoutMs);
        const end = (code: number | null) => {
          clearTimeout(timer);
          if (pid !== undefined) running.delete(pid);
          resolve({ code, output });
        };
        child.once('error', (error) => {
          keep(error.message);
          end(127);
        });
        // What a finished program left running in its group ends with it.
        child.once('exit', () => pid !== undefined && kill(pid));
        child.once('close', end);
      }),
  };
}
