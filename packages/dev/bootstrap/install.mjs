import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { hashFiles, oncePerStamp } from './stamp.mjs';

/** Installs the locked packages when the lockfile, a package.json or Node itself changed since the last time. */
export function installPackages(root) {
  const manifests = workspaceFolders(root).map((folder) => path.join(folder, 'package.json'));
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests];
  const stamp = hashFiles(root, files, [process.versions.modules, process.platform, process.arch]);
  oncePerStamp(path.join(root, 'node_modules/.bridge/install-stamp'), stamp, () => {
    console.log('Installing packages (the first time takes about a minute) ...');
    const [command, ...before] = findPnpm(root);
    const done = spawnSync(command, [...before, 'install', '--frozen-lockfile', '--prefer-offline'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: installEnvironment(),
    });
    if (done.status === 0) return;
    const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();
    throw new Error(`${output}\nInstalling packages failed: see the lines above.`);
  });
}

function workspaceFolders(root) {
  const below = (parent) =>
    fs
      .readdirSync(path.join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(root, parent, entry.name, 'package.json')))
      .map((entry) => path.join(parent, entry.name));
  return [...below('apps'), ...below('packages'), 'e2e'];
}

/** The pnpm that package.json names: the one on PATH when it is that version, else npm fetches it. */
function findPnpm(root) {
  const { packageManager } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const version = packageManager.replace(/^pnpm@/, '');
  const shell = process.platform === 'win32';
  const found = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8', env: installEnvironment(), shell });
  if (found.status === 0 && found.stdout.trim() === version) return ['pnpm'];
  return ['npx', '--yes', packageManager];
}

function installEnvironment() {
  const environment = { ...process.env, npm_config_manage_package_manager_versions: 'false', CI: '1' };
  // A production start builds too, and builders are development packages.
  delete environment.NODE_ENV;
  return environment;
}
