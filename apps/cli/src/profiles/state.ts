import { type FileSettings, type Setting, type ToolId, toolIds } from '@ai-bridge/tool-setup';
import type { Profile } from './profile.ts';

/** What the command keeps between runs, in `state.json` of its own folder. */
export interface State {
  readonly version: 1;
  readonly profiles: { readonly [tool in ToolId]?: readonly Profile[] };
  /** The profile that each tool is set to. */
  readonly active: { readonly [tool in ToolId]?: string };
  readonly edits: readonly EditRecord[];
}

/** A file that was changed, and how it was before. */
export interface EditRecord {
  readonly tool: ToolId;
  readonly place: FileSettings['place'];
  readonly format: FileSettings['format'];
  readonly path: string;
  /** The backup of what was there first; undefined: there was no file. */
  readonly original: { readonly backup: string; readonly mode: number; readonly sha256: string } | undefined;
  /** Folders that were made for it, outermost first. */
  readonly madeFolders: readonly string[];
  /** Of what was written last. */
  readonly writtenSha256: string;
  readonly applied: readonly Setting[];
  /** The tool writes to it all the time. */
  readonly isToolsOwn: boolean;
  /** Its owner changed it between two changes of ours. */
  readonly wasChangedBetween: boolean;
}

export const emptyState: State = { version: 1, profiles: {}, active: {}, edits: [] };

/** @throws Error where it is not what this command wrote */
export function parseState(text: string | undefined): State {
  if (text === undefined) return emptyState;
  const state = JSON.parse(text) as Partial<State>;
  if (state.version !== 1) throw new Error('unknown version');
  return { ...emptyState, ...state };
}

/** With a profile added to a tool's, in the place of one of the same name. */
export function withProfiles(state: State, tool: ToolId, added: readonly Profile[]): State {
  const names = new Set(added.map(({ name }) => name));
  const kept = (state.profiles[tool] ?? []).filter(({ name }) => !names.has(name));
  return { ...state, profiles: { ...state.profiles, [tool]: [...kept, ...added] } };
}

/** The tools that are set up, in the usual order. */
export const activeTools = (state: State): readonly ToolId[] =>
  toolIds.filter((tool) => state.active[tool] !== undefined);
