import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Real coding tools by their exact npm versions. They weigh 740 MB, so they are no dependency that every install of this
 * repository would fetch: the test that needs them installs them once.
 */
const versions = {
  '@anthropic-ai/claude-code': '2.1.197',
  '@openai/codex': '0.169.0',
  '@google/gemini-cli': '0.61.0',
};
const folder = fileURLToPath(new URL('../node_modules/.coding-tools/', import.meta.url));
const runTimeoutMs = 120_000;

/** Installs the tools where they are missing. Returns the folder of their commands. */
export function installCodingTools(): string {
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const stamp = path.join(folder, 'installed.txt');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted.join('\n')) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--package-lock=false', '--save-exact'];
    const installed = spawnSync('npm', ['install', ...flags, ...wanted], { cwd: folder, encoding: 'utf8' });
    if (installed.status !== 0)
      throw new Error(`the coding tools do not install: ${installed.stdout}${installed.stderr}`);
    fs.writeFileSync(stamp, wanted.join('\n'));
  }
  return path.join(folder, 'node_modules/.bin');
}

/** Runs Codex once, set up for a model of the relay at `url`, with `home` as its home and working folder. */
export function runCodex(
  commands: string,
  home: string,
  relay: { readonly url: string; readonly key: string },
  model: string,
  prompt: string,
): Promise<ToolRun> {
  fs.mkdirSync(path.join(home, '.codex'));
  fs.writeFileSync(
    path.join(home, '.codex/config.toml'),
    [
      `model = "${model}"`,
      'model_provider = "bridge"',
      '[model_providers.bridge]',
      'name = "bridge"',
      `base_url = "${relay.url}/v1"`,
      'env_key = "BRIDGE_KEY"',
      'wire_api = "responses"',
    ].join('\n'),
  );
  const args = ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access', prompt];
  return runTool(path.join(commands, 'codex'), args, home, { BRIDGE_KEY: relay.key });
}

export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool with nothing but the given environment, `home` being its home and working folder. @param input what it is typed */
export function runTool(
  command: string,
  args: readonly string[],
  home: string,
  environment: Readonly<Record<string, string>>,
  input?: string,
): Promise<ToolRun> {
  const env = { PATH: process.env.PATH ?? '', HOME: home, ...environment };
  // Some tools wait for the end of what could be typed.
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(command, args, { cwd: home, env, stdio: [stdin, 'pipe', 'pipe'], timeout: runTimeoutMs });
  // One that ends without having read it is none the worse.
  child.stdin?.on('error', () => undefined).end(input);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
