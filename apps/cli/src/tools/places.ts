import path from 'node:path';
import type { Place } from '@ai-bridge/tool-setup';
import type { Surroundings } from '../surroundings.ts';

/** Where a place may lie on this machine: the first that exists is meant, else the last. */
export function pathsOf(place: Place, surroundings: Surroundings): readonly string[] {
  return candidates[place](foldersOf(surroundings));
}

/** The command's own folder: profiles, what was changed, and backups. */
export function ownFolder(surroundings: Surroundings): string {
  const { join, ownBase } = foldersOf(surroundings);
  return join(ownBase, 'ai-bridge');
}

/** How paths are put together on this machine. */
export const pathsFor = (platform: NodeJS.Platform) => (platform === 'win32' ? path.win32 : path.posix);

interface Folders {
  readonly join: (...parts: string[]) => string;
  readonly home: string;
  /** XDG's folder of configurations. */
  readonly config: string;
  readonly ownBase: string;
  readonly zed: string;
  readonly variable: (name: string) => string | undefined;
}

function foldersOf({ variables, platform, homeFolder }: Surroundings): Folders {
  const { join } = pathsFor(platform);
  const variable = (name: string) => variables[name] || undefined;
  const config = variable('XDG_CONFIG_HOME') ?? join(homeFolder, '.config');
  const roaming = variable('APPDATA') ?? join(homeFolder, 'AppData', 'Roaming');
  const isWindows = platform === 'win32';
  const zedBase = platform === 'darwin' ? join(homeFolder, '.config') : config;
  const zed = isWindows ? join(roaming, 'Zed') : join(zedBase, 'zed');
  return { join, home: homeFolder, config, ownBase: isWindows ? roaming : config, zed, variable };
}

const candidates: Readonly<Record<Place, (folders: Folders) => readonly string[]>> = {
  'claude-settings': ({ join, home, variable }) => {
    return [join(variable('CLAUDE_CONFIG_DIR') ?? join(home, '.claude'), 'settings.json')];
  },
  'claude-state': ({ join, home, variable }) => [join(variable('CLAUDE_CONFIG_DIR') ?? home, '.claude.json')],
  'codex-config': ({ join, home, variable }) => [join(variable('CODEX_HOME') ?? join(home, '.codex'), 'config.toml')],
  // OpenCode reads both, and the one with comments last.
  'opencode-config': ({ join, config }) => [
    join(config, 'opencode', 'opencode.jsonc'),
    join(config, 'opencode', 'opencode.json'),
  ],
  'openclaw-config': ({ join, home, variable }) => {
    const file = join(variable('OPENCLAW_STATE_DIR') ?? join(home, '.openclaw'), 'openclaw.json');
    return [variable('OPENCLAW_CONFIG_PATH') ?? file];
  },
  'gemini-settings': ({ join, home, variable }) => {
    return [join(variable('GEMINI_CLI_HOME') ?? home, '.gemini', 'settings.json')];
  },
  'gemini-env': ({ join, home, variable }) => [join(variable('GEMINI_CLI_HOME') ?? home, '.gemini', '.env')],
  'continue-config': ({ join, home, variable }) => {
    return [join(variable('CONTINUE_GLOBAL_DIR') ?? join(home, '.continue'), 'config.yaml')];
  },
  'zed-settings': ({ join, zed }) => [join(zed, 'settings.json')],
  'aider-config': ({ join, home }) => [join(home, '.aider.conf.yml')],
};
