/** The files that tools read; where each lies on a machine is for whoever writes it to know. */
export type Place =
  | 'claude-settings'
  | 'claude-state'
  | 'codex-config'
  | 'opencode-config'
  | 'openclaw-config'
  | 'gemini-settings'
  | 'gemini-env'
  | 'continue-config'
  | 'zed-settings'
  | 'aider-config';

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** One thing that a file is to say. Everything else in the file is its owner's and stays. */
export type Setting =
  | {
      readonly kind: 'set';
      readonly path: readonly string[];
      readonly value: Value;
      /** Only where the file says nothing there: its owner's choice wins. */
      readonly ifAbsent?: true;
    }
  | { readonly kind: 'remove'; readonly path: readonly string[] }
  | {
      /** An entry of a list, which takes the place of the one that is recognised as the same. */
      readonly kind: 'item';
      readonly path: readonly string[];
      readonly value: Value;
      /** Of an entry with fields: those that tell it from others. Of a text: how it begins. */
      readonly sameBy: readonly string[] | string;
    };

export interface FileSettings {
  readonly place: Place;
  readonly format: 'json' | 'toml' | 'yaml' | 'dotenv';
  readonly holdsKey: boolean;
  /** The tool writes to this file all the time, so that it never stays as it was left. */
  readonly isToolsOwn?: true;
  readonly settings: readonly Setting[];
}

export const set = (path: readonly string[], value: Value): Setting => ({ kind: 'set', path, value });
export const setIfAbsent = (path: readonly string[], value: Value): Setting => {
  return { kind: 'set', path, value, ifAbsent: true };
};
export const remove = (path: readonly string[]): Setting => ({ kind: 'remove', path });
export const item = (path: readonly string[], value: Value, sameBy: readonly string[] | string): Setting => {
  return { kind: 'item', path, value, sameBy };
};
