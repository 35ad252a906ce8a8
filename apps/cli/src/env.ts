import os from 'node:os';
import type { Surroundings } from './surroundings.ts';

/** The one place that reads the process' environment. */
export function readSurroundings(): Surroundings {
  const variables = process.env;
  const platform = process.platform;
  const home = platform === 'win32' ? variables['USERPROFILE'] : variables['HOME'];
  return { variables, platform, homeFolder: home || os.homedir(), workingFolder: process.cwd() };
}
