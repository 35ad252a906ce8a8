import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { tomlEditor } from './toml.ts';
import { UnreadableFile } from './unreadable.ts';

const set = (text: string, values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).reduce((all, [path, value]) => tomlEditor.set(all, path.split('/'), value), text);

test('a top-level key stands before the first table, and a section behind all', () => {
  const text =
    '# mine\napproval_policy = "never" # keep\nmodel   =   "old"  # my model\n\n[mcp.x] # a\nargs = [ "a", # one\n "b" ]\n# tail\n';
  expect(
    set(text, { model: 'new', model_provider: 'ai', 'model_providers/ai/name': 'AI', 'model_providers/ai/n': 1 }),
  ).toBe(
    '# mine\napproval_policy = "never" # keep\nmodel   =   "new"  # my model\nmodel_provider = "ai"\n\n[mcp.x] # a\nargs = [ "a", # one\n "b" ]\n# tail\n\n[model_providers.ai]\nname = "AI"\nn = 1\n',
  );
  expect(set('[a]\nb = 1', { model: 'm' })).toBe('model = "m"\n\n[a]\nb = 1');
});

test('a table is added to in the way it was written: a section, keys with dots, or in one line', () => {
  expect(set('[p.ai]\nname = "x" # n\n\n[q]\n', { 'p/ai/url': 'u' })).toBe(
    '[p.ai]\nname = "x" # n\nurl = "u"\n\n[q]\n',
  );
  expect(set('p.ai.name = "x"\n[q]\n', { 'p/ai/url': 'u' })).toBe('p.ai.name = "x"\np.ai.url = "u"\n[q]\n');
  expect(set('[p]\nai.name = "x"\n[q]\n', { 'p/ai/url': 'u' })).toBe('[p]\nai.name = "x"\nai.url = "u"\n[q]\n');
  expect(set('p.ai = { name = "x" }\n', { 'p/ai/url': 'u', 'p/ai/name': 'y' })).toBe(
    'p.ai = { name = "y", url = "u" }\n',
  );
  expect(set('p = {}\n', { 'p/ai/url': 'u' })).toBe('p = { ai.url = "u" }\n');
});

test('removing takes the line with its comment, and a section that nothing is left of', () => {
  const text = 'a = 1\n\n[p.ai]\nname = "x" # n\n\n[q]\nc = 2\n';
  expect(tomlEditor.remove(text, ['p', 'ai', 'name'])).toBe('a = 1\n\n[q]\nc = 2\n');
  expect(tomlEditor.remove('[p]\n# mine\nx = 1\n', ['p', 'x'])).toBe('[p]\n# mine\n');
  expect(tomlEditor.remove('p = { a = 1, b = 2 }\n', ['p', 'a'])).toBe('p = { b = 2 }\n');
  expect(tomlEditor.remove('p = { a = 1, b = 2 }\n', ['p', 'b'])).toBe('p = { a = 1 }\n');
});

test('what is no TOML is refused with its line', () => {
  expect(() => tomlEditor.read('a = 1\nb = = 2\n')).toThrow(expect.objectContaining({ line: 2 }));
  expect(() => tomlEditor.set('a = 1\na = 2\n', ['b'], 1)).toThrow(UnreadableFile);
});

const key = fc.constantFrom('model', 'a-b', 'c d', 'e.f', '"q"', '中文');
const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer({ min: -999, max: 999 }), fc.boolean());
const table = fc.dictionary(key, scalar);
const content = fc.dictionary(
  key,
  fc.oneof(scalar, fc.array(scalar.filter((one) => typeof one === 'string')), table, fc.dictionary(key, table)),
);
const added = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean());
const target = fc.array(fc.constantFrom('model', 'new', 'a-b', 'x y'), { minLength: 1, maxLength: 3 });

/** As another writer of TOML puts it, with a comment at the end of each line that can have one. */
const text = (value: object) =>
  stringify(value).replace(/(?<=^(?:\[[^\n]*\]|[\w-]+ = (?:true|false|-?\d+)))$/gm, ' # why');

test('whatever the file, setting a key changes it and nothing else, in another reader’s eyes too', () => {
  fc.assert(
    fc.property(content, target, added, (value, path, set) => {
      const before = text(value);
      const expected = structuredClone(value) as Record<string, unknown>;
      let object = expected;
      for (const part of path.slice(0, -1)) {
        const inner = object[part] ?? {};
        fc.pre(typeof inner === 'object' && !Array.isArray(inner));
        object[part] = inner;
        object = inner as Record<string, unknown>;
      }
      const last = path.at(-1)!;
      fc.pre(typeof object[last] !== 'object');
      object[last] = set;
      const changed = tomlEditor.set(before, path, set);
      expect(parse(changed)).toEqual(expected);
      expect(changed.match(/# why/g)?.length).toBe(before.match(/# why/g)?.length);
    }),
  );
});

test('what was set where nothing was is removed to the byte', () => {
  fc.assert(
    fc.property(content, added, (value, set) => {
      const before = text(value);
      for (const path of [['zz'], ['zz', 'y']]) {
        const back = tomlEditor.remove(tomlEditor.set(before, path, set), path);
        expect(parse(back)).toEqual(value);
        expect(back.trim()).toBe(before.trim());
      }
    }),
  );
});
