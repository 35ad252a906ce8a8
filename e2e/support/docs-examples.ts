import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const contentFolder = fileURLToPath(new URL('../../apps/web/content/docs', import.meta.url));
/** Below e2e, so that the SDKs resolve as they would in a reader's own project. */
const scratchFolder = fileURLToPath(new URL('../node_modules/.docs-examples/', import.meta.url));
const runTimeoutMs = 30_000;

/** A block of code of the docs that calls the relay. */
export interface DocsExample {
  /** The page's file and the line that the block begins on. */
  readonly place: string;
  readonly language: 'bash' | 'js';
  readonly code: string;
  /** Marked to be run. */
  readonly isRun: boolean;
}

const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;

/** What an example calls: the relay, or the console's own API. */
export type ExampleAddress = 'BRIDGE_URL' | 'CONSOLE_URL';

/** Every curl example of the docs for this address, in both languages, page by page; with the relay's the Node ones too. */
export function docsExamples(address: ExampleAddress = 'BRIDGE_URL'): DocsExample[] {
  const callsIt = new RegExp(`\\bcurl\\b[\\s\\S]*${address}`);
  const files = fs
    .readdirSync(contentFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdx$/.test(file));
  return files.sort().flatMap((file) => {
    const text = fs.readFileSync(path.join(contentFolder, file), 'utf8');
    return [...text.matchAll(fence)].flatMap(({ 1: language = '', 2: meta = '', 3: code = '', index }) => {
      const isCurl = language === 'bash' && callsIt.test(code);
      if (!isCurl && (language !== 'js' || address !== 'BRIDGE_URL')) return [];
      const place = `${file}:${text.slice(0, index).split('\n').length}`;
      return [{ place, language: isCurl ? 'bash' : 'js', code, isRun: /\btest\b/.test(meta) } as const];
    });
  });
}

export interface ExampleRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs an example as a reader would. curl fails on an error answer, which it does not do by itself.
 * @param values what stands in the place of its placeholders
 */
export async function runExample(
  { language, code }: Pick<DocsExample, 'language' | 'code'>,
  values: Readonly<Record<string, string>>,
): Promise<ExampleRun> {
  const filled = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), code);
  const env = { PATH: process.env.PATH ?? '', AI_BRIDGE_API_KEY: values['YOUR_API_KEY'] ?? '' };
  if (language === 'bash') {
    const script = `set -eu -o pipefail\ncurl() { command curl -sS --fail-with-body "$@"; }\n${filled}`;
    return run('bash', ['-c', script], env);
  }
  fs.mkdirSync(scratchFolder, { recursive: true });
  const file = path.join(scratchFolder, `${process.pid}-${Math.random().toString(36).slice(2)}.mjs`);
  fs.writeFileSync(file, filled);
  try {
    return await run(process.execPath, [file], env);
  } finally {
    fs.rmSync(file);
  }
}

function run(command: string, args: readonly string[], env: Record<string, string>): Promise<ExampleRun> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: runTimeoutMs });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
