import { expect, test } from 'vitest';
import type { Surroundings } from '../surroundings.ts';
import { ownFolder, pathsOf } from './places.ts';

const linux: Surroundings = { variables: {}, platform: 'linux', homeFolder: '/home/ann', workingFolder: '/' };
const windows: Surroundings = {
  variables: { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' },
  platform: 'win32',
  homeFolder: 'C:\\Users\\ann',
  workingFolder: 'C:\\',
};
const mac: Surroundings = {
  ...linux,
  platform: 'darwin',
  homeFolder: '/Users/ann',
  variables: { XDG_CONFIG_HOME: '/x' },
};

test('each system has its own places, and its own way of writing them', () => {
  expect(pathsOf('claude-settings', linux)).toEqual(['/home/ann/.claude/settings.json']);
  expect(pathsOf('claude-settings', windows)).toEqual(['C:\\Users\\ann\\.claude\\settings.json']);
  expect(pathsOf('opencode-config', windows).at(-1)).toBe('C:\\Users\\ann\\.config\\opencode\\opencode.json');
  expect(pathsOf('zed-settings', windows)).toEqual(['C:\\Users\\ann\\AppData\\Roaming\\Zed\\settings.json']);
  expect(pathsOf('zed-settings', mac)).toEqual(['/Users/ann/.config/zed/settings.json']);
  expect(ownFolder(windows)).toBe('C:\\Users\\ann\\AppData\\Roaming\\ai-bridge');
  expect(ownFolder(linux)).toBe('/home/ann/.config/ai-bridge');
});

test('an empty variable is none', () => {
  const variables = { CODEX_HOME: '', XDG_CONFIG_HOME: '' };
  expect(pathsOf('codex-config', { ...linux, variables })).toEqual(['/home/ann/.codex/config.toml']);
  expect(ownFolder({ ...linux, variables })).toBe('/home/ann/.config/ai-bridge');
});
