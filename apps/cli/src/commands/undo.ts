import { toolIds } from '@ai-bridge/tool-setup';
import { planUndo, type UndoStep, undo } from '../change/undo.ts';
import type { Texts } from '../language/texts.ts';
import { type Options, toolNamed } from './arguments.ts';
import type { Session } from './session.ts';

/** `ai-bridge undo`: every edited file as it was; nothing at all where its owner has changed one since. */
export function undoAll(options: Options, { machine, texts, print }: Session): number {
  const { store, disk } = machine;
  const tools = options['code-type'] === undefined ? toolIds : [toolNamed(options['code-type'], texts)];
  const state = store.load();
  const steps = planUndo(state, tools, store, disk);
  if (steps.length === 0) {
    print(texts.undone.nothingToDo);
    return 0;
  }
  const lost = steps.filter(({ kind }) => kind === 'lost');
  const changed = steps.filter(({ kind }) => kind === 'changed');
  if (lost.length > 0 || (changed.length > 0 && !options.force)) {
    for (const { record } of lost) print(texts.undone.lost(record.path, record.original?.backup ?? ''));
    for (const { record } of changed) print(texts.undone.changed(record.path, record.original?.backup));
    print(texts.undone.refused);
    return 1;
  }
  const copies = undo(state, tools, steps, store, disk);
  for (const step of steps) {
    print(lineOf(step, texts));
    const copy = copies.get(step.record.path);
    if (copy !== undefined) print(texts.undone.copyKept(copy));
  }
  print(texts.undone.profilesStay(store.stateFile));
  return 0;
}

function lineOf({ kind, record: { path, original } }: UndoStep, { undone }: Texts): string {
  if (kind === 'nothing') return undone.nothing(path);
  if (kind === 'leave') return undone.left(path);
  return original ? undone.restored(path) : undone.deleted(path);
}
