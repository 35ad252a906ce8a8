import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Prompts } from './commands/session.ts';
import { nodeDisk } from './disk/node-disk.ts';
import { textsOf } from './language/texts-of.ts';
import { openStore } from './profiles/store.ts';
import { run } from './run.ts';
import { ownFolder } from './tools/places.ts';

export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly prompts?: Prompts;
  readonly language?: 'en' | 'zh';
  readonly workingFolder?: string;
}

/** A home folder of its own, in which the command runs as from a shell, but within this process. */
export interface Home {
  readonly folder: string;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  write(file: string, text: string | Buffer, mode?: number): void;
  read(file: string): string;
  mode(file: string): number;
  exists(file: string): boolean;
  /** Every file with its bytes and mode, the command's own folder left out. */
  everything(): Readonly<Record<string, string>>;
  remove(): void;
}

/** Nobody answers at the names that stand for real ones. */
const fetchNearby: typeof fetch = async (...asked) => {
  if (String(asked[0]).startsWith('https://api.example.com')) throw new Error('offline');
  return fetch(...asked);
};

export function makeHome(): Home {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-cli-'));
  const at = (file: string) => path.join(folder, file);
  const mode = (file: string) => fs.statSync(at(file)).mode & 0o777;
  return {
    folder,
    mode,
    exists: (file) => fs.existsSync(at(file)),
    read: (file) => fs.readFileSync(at(file), 'utf8'),
    write(file, text, fileMode = 0o644) {
      fs.mkdirSync(path.dirname(at(file)), { recursive: true });
      fs.writeFileSync(at(file), text);
      fs.chmodSync(at(file), fileMode);
    },
    async run(args, { variables = {}, input = '', prompts, language = 'en', workingFolder = folder } = {}) {
      const surroundings = { variables, platform: 'linux', homeFolder: folder, workingFolder } as const;
      const own = ownFolder(surroundings);
      const store = openStore({ folder: own, disk: nodeDisk, join: path.join, now: () => new Date() });
      const output: string[] = [];
      const errors: string[] = [];
      const session = {
        machine: { surroundings, disk: nodeDisk, store },
        texts: textsOf(language),
        ...{
          prompts,
          fetch: fetchNearby,
          readInput: async () => input,
          print: (line: string) => void output.push(line),
        },
      };
      const code = await run(args, session, { version: '1.2.3', printError: (line) => void errors.push(line) });
      return { code, output: output.join('\n'), errors: errors.join('\n') };
    },
    everything() {
      const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
      const own = files.filter((file) => !file.startsWith('.config/ai-bridge') && fs.statSync(at(file)).isFile());
      return Object.fromEntries(
        own.map((file) => [file, `${mode(file)} ${fs.readFileSync(at(file)).toString('hex')}`]),
      );
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
