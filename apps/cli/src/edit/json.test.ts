import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { jsonEditor } from './json.ts';
import { UnreadableFile } from './unreadable.ts';

test('a property joins others behind their comments, with the file’s own indentation', () => {
  const text = '// top\n{\n\t"a": 1, // one\n\t"z": [1, 2] // last\n\t// end\n}\n';
  expect(jsonEditor.set(text, ['b'], 'x')).toBe(
    '// top\n{\n\t"a": 1, // one\n\t"z": [1, 2], // last\n\t// end\n\t"b": "x"\n}\n',
  );
});

test('what is missing on the way is made, and an object on one line stays on it', () => {
  expect(jsonEditor.set('', ['env', 'A'], '1')).toBe('{\n  "env": {\n    "A": "1"\n  }\n}\n');
  expect(jsonEditor.set('{ "env": { "A": "1" } }', ['env', 'B'], '2')).toBe('{ "env": { "A": "1", "B": "2" } }');
  expect(jsonEditor.set('{ "env": null, }', ['env', 'B'], '2')).toBe('{ "env": {\n  "B": "2"\n}, }');
});

test('a trailing comma stays one, and a removed last property takes the comma before it', () => {
  expect(jsonEditor.set('{\n  "a": 1,\n}\n', ['b'], 2)).toBe('{\n  "a": 1,\n  "b": 2\n}\n');
  expect(jsonEditor.remove('{\n  "a": 1,\n  "b": 2 // two\n}\n', ['b'])).toBe('{\n  "a": 1\n}\n');
  expect(jsonEditor.remove('{ "a": 1, "b": 2 }', ['a'])).toBe('{ "b": 2 }');
  expect(jsonEditor.remove('{ "a": 1, "b": 2 }', ['b'])).toBe('{ "a": 1 }');
});

test('what is no object is refused with its line, never overwritten', () => {
  expect(() => jsonEditor.read('{\n  "a": 1,\n  b: 2\n}')).toThrow(UnreadableFile);
  expect(() => jsonEditor.read('[1]')).toThrow(UnreadableFile);
});

const key = fc.constantFrom('a', 'b', 'env', 'x y', '"q"', '中文');
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer()));
const content = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)));
const path = fc.array(key, { minLength: 1, maxLength: 3 });

/** The same content as people write it: comments at line ends, before lines, and maybe a trailing comma. */
const written = fc.tuple(content, fc.boolean(), fc.constantFrom(2, 4, '\t')).map(([value, hasComma, indent]) => {
  const plain = JSON.stringify(value, null, indent);
  const commented = plain.replace(/,$/gm, ', // why').replace(/\n}$/, `${hasComma ? ',' : ''} // last\n /* end */\n}`);
  return { value, text: plain === '{}' ? '{}' : commented };
});

test('whatever the file, setting changes what was set and nothing else, and all comments stay', () => {
  fc.assert(
    fc.property(written, path, fc.oneof(fc.string(), fc.integer()), ({ value, text }, at, added) => {
      const changed = jsonEditor.set(text, at, added);
      const expected = structuredClone(value) as Record<string, unknown>;
      let object = expected;
      for (const part of at.slice(0, -1)) {
        const inner = object[part];
        const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
        object[part] = isObject ? inner : {};
        object = object[part] as Record<string, unknown>;
      }
      object[at.at(-1)!] = added;
      expect(jsonEditor.read(changed)).toEqual(expected);
      if (value[at[0]!] === undefined) expect(comments(changed)).toEqual(comments(text));
    }),
  );
});

test('what is set where nothing was is removed without a trace in the content', () => {
  fc.assert(
    fc.property(written, key, fc.string(), ({ value, text }, name, added) => {
      fc.pre(value[name] === undefined);
      const back = jsonEditor.remove(jsonEditor.set(text, [name], added), [name]);
      expect(parse(back, [], { allowTrailingComma: true })).toEqual(value);
      expect(comments(back)).toEqual(comments(text));
    }),
  );
});

const comments = (text: string) => text.match(/\/\/ (why|last)$|\/\* end \*\//gm) ?? [];
