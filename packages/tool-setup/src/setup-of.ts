import { aider } from './aider.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import type { Connection } from './connection.ts';
import { continueDev } from './continue.ts';
import { gemini } from './gemini.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import type { FileSettings } from './settings.ts';
import { zed } from './zed.ts';

export { claudeVariables } from './claude-code.ts';
export { codexKeyVariable, codexText } from './codex.ts';
export { zedKeyVariable } from './zed.ts';

const setups = {
  'claude-code': claudeCode,
  codex,
  opencode,
  openclaw,
  gemini,
  continue: continueDev,
  zed,
  aider,
} as const satisfies Record<string, (connection: Connection) => readonly FileSettings[]>;

export type ToolId = keyof typeof setups;
export const toolIds = Object.keys(setups) as readonly ToolId[];

/** What a tool's files have to say for it to talk to `connection`. @throws MissingPart where the connection lacks something */
export function setupOf(tool: ToolId, connection: Connection): readonly FileSettings[] {
  return setups[tool](connection);
}
