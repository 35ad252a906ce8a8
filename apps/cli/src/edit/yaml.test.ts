import { expect, test } from 'vitest';
import { UnreadableFile } from './unreadable.ts';
import { yamlEditor } from './yaml.ts';

const mine =
  '# mine\nname: "Me" # who\nmodels:\n  - name: X\n    model: y # keep\n\n# rules\nrules:\n  - "a"\n  - \'b\'\nctx: [a, b]\n';

test('comments, quotes, order and lists in one line stay', () => {
  expect(yamlEditor.set(mine, ['new', 'key'], 'v')).toBe(`${mine}new:\n  key: v\n`);
  expect(yamlEditor.setItem?.(mine, ['models'], undefined, { name: 'Z' })).toBe(
    mine.replace('y # keep\n', 'y # keep\n  - name: Z\n'),
  );
});

test('a list that stands under its key stays there, and long texts are not folded', () => {
  const text = `models:\n- name: X\n  note: ${'long '.repeat(40)}end\n`;
  expect(yamlEditor.setItem?.(text, ['models'], undefined, 'z')).toBe(`${text}- z\n`);
});

test('what was added is removed again, to the byte', () => {
  const added = yamlEditor.setItem?.(mine, ['models'], undefined, { name: 'Z' }) ?? '';
  expect(yamlEditor.removeItem?.(added, ['models'], 1)).toBe(mine);
  expect(yamlEditor.remove(yamlEditor.set(mine, ['n', 'k'], 1), ['n', 'k'])).toBe(mine);
  expect(yamlEditor.remove(yamlEditor.set('', ['n'], 1), ['n'])).toBe('');
});

test('what is no YAML is refused with its line', () => {
  expect(() => yamlEditor.read('a: 1\nb: [\n')).toThrow(UnreadableFile);
  expect(() => yamlEditor.read('- a\n')).toThrow(UnreadableFile);
});
