import { expect, test } from 'vitest';
import { dotenvEditor } from './dotenv.ts';

test('a line is changed in its place, others stay, and of several with one name the last counts', () => {
  const text = '# mine\nA=1\nexport KEY="old" # why\nB=2';
  expect(dotenvEditor.set(text, ['KEY'], 'new')).toBe('# mine\nA=1\nexport KEY=new\nB=2');
  expect(dotenvEditor.set(text, ['C'], 'x y')).toBe(`${text}\nC="x y"\n`);
  expect(dotenvEditor.set('K=1\nK=2\n', ['K'], '3')).toBe('K=1\nK=3\n');
  expect(dotenvEditor.read(text)).toEqual({ A: '1', KEY: 'old', B: '2' });
});

test('what was added is removed again', () => {
  expect(dotenvEditor.remove(dotenvEditor.set('A=1\n', ['B'], '2'), ['B'])).toBe('A=1\n');
});
