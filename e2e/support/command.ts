import { fileURLToPath } from 'node:url';
import { runTool, type ToolRun } from './coding-tools.ts';

export const commandFile = fileURLToPath(new URL('../../apps/cli/ai-bridge.mjs', import.meta.url));

/** The command `ai-bridge` as somebody types it, with the key on its standard input. */
export type Bridge = (...args: string[]) => Promise<ToolRun>;

/** @param tools the folder of the coding tools' commands, which the command looks for */
export function bridgeCommand(home: string, tools: string, { key }: { readonly key: string }): Bridge {
  const PATH = `${tools}:${process.env.PATH}`;
  return (...args) => runTool(process.execPath, [commandFile, ...args], home, { PATH }, key);
}
