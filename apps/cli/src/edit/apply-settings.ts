import { isDeepStrictEqual } from 'node:util';
import type { FileSettings, Setting } from '@ai-bridge/tool-setup';
import type { Editor, Path } from './editor.ts';
import { editors } from './editors.ts';
import { indexOfItem, leavesOf, valueAt } from './leaves.ts';
import { readForm, writeForm } from './text-form.ts';
import { lineOf, UnreadableFile } from './unreadable.ts';

type Item = Extract<Setting, { kind: 'item' }>;

/** A text as it says `settings`, and everything else as before. @param source undefined: there is no file yet */
export function applySettings(
  format: FileSettings['format'],
  source: string | undefined,
  settings: readonly Setting[],
): string {
  return inForm(source, (text) => settings.reduce((all, setting) => apply(editors[format], all, setting), text));
}

/**
 * A text without what was applied before: what the original said is back, unless somebody has changed it since.
 * @param original the file before it was first changed
 */
export function revertSettings(
  format: FileSettings['format'],
  source: string,
  applied: readonly Setting[],
  original: string | undefined,
): string {
  const editor = editors[format];
  const first = original === undefined ? {} : editor.read(readForm(original).text);
  return inForm(source, (text) => applied.reduceRight((all, setting) => revert(editor, all, setting, first), text));
}

function inForm(source: string | undefined, change: (text: string) => string): string {
  const form = readForm(source ?? '');
  return writeForm(change(form.text), form);
}

function apply(editor: Editor, text: string, setting: Setting): string {
  const content = editor.read(text);
  if (setting.kind === 'remove') return editor.remove(text, setting.path);
  if (setting.kind === 'item') return applyItem(editor, text, setting, content);
  if (setting.ifAbsent && valueAt(content, setting.path) !== undefined) return text;
  return leavesOf(setting.path, setting.value).reduce((all, { path, value }) => {
    const now = valueAt(content, path);
    const isThere = isDeepStrictEqual(now, value) || (isEmptyObject(value) && isObject(now));
    return isThere ? all : setSurely(editor, all, path, value);
  }, text);
}

/** Some files say a thing twice, and their readers take the other one. */
function setSurely(editor: Editor, text: string, path: Path, value: unknown): string {
  const changed = editor.set(text, path, value);
  if (isDeepStrictEqual(valueAt(editor.read(changed), path), value)) return changed;
  throw new UnreadableFile(lineOf(text, Math.max(0, text.lastIndexOf(path.at(-1) ?? ''))));
}

function applyItem(editor: Editor, text: string, setting: Item, content: unknown): string {
  const list = listAt(content, setting);
  const at = indexOfItem(list, setting);
  if (at >= 0 && isDeepStrictEqual(list[at], setting.value)) return text;
  if (editor.setItem) return editor.setItem(text, setting.path, at < 0 ? undefined : at, setting.value);
  return editor.set(text, setting.path, at < 0 ? [...list, setting.value] : list.with(at, setting.value));
}

function revert(editor: Editor, text: string, setting: Setting, first: unknown): string {
  const content = editor.read(text);
  if (setting.kind === 'item') return revertItem(editor, text, setting, content, first);
  if (setting.kind === 'remove') {
    const was = valueAt(first, setting.path);
    return was === undefined || valueAt(content, setting.path) !== undefined
      ? text
      : editor.set(text, setting.path, was);
  }
  return leavesOf(setting.path, setting.value).reduceRight((all, { path, value }) => {
    const was = valueAt(first, path);
    if (!isDeepStrictEqual(valueAt(editor.read(all), path), value) || isDeepStrictEqual(was, value)) return all;
    return was === undefined ? editor.remove(all, path) : editor.set(all, path, was);
  }, text);
}

function revertItem(editor: Editor, text: string, setting: Item, content: unknown, first: unknown): string {
  const list = listAt(content, setting);
  const at = indexOfItem(list, setting);
  const before = listAt(first, setting);
  const was = before[indexOfItem(before, setting)];
  if (at < 0 || !isDeepStrictEqual(list[at], setting.value) || isDeepStrictEqual(was, setting.value)) return text;
  if (was !== undefined) return editor.set(text, setting.path, list.with(at, was));
  if (list.length === 1) return editor.remove(text, setting.path);
  if (editor.removeItem) return editor.removeItem(text, setting.path, at);
  return editor.set(text, setting.path, list.toSpliced(at, 1));
}

function listAt(content: unknown, { path }: Item): readonly unknown[] {
  const value = valueAt(content, path);
  return Array.isArray(value) ? value : [];
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmptyObject = (value: unknown) => isObject(value) && Object.keys(value as object).length === 0;
