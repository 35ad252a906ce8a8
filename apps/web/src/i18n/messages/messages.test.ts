import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { messagesByLocale } from './index.ts';

const source = path.resolve(import.meta.dirname, '../..');

function flat(value: unknown, prefix = ''): [string, string][] {
  if (typeof value === 'string') return [[prefix, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => flat(inner, prefix ? `${prefix}.${key}` : key));
}

test('both languages have the same keys and the same placeholders', () => {
  const zh = new Map(flat(messagesByLocale.zh));
  const en = new Map(flat(messagesByLocale.en));
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  const placeholders = (text = '') => [...new Set(text.match(/\{\w+/g))].sort();
  for (const [key, text] of zh) expect(placeholders(en.get(key)), key).toEqual(placeholders(text));
});

test('no message is empty and Chinese is written in Chinese', () => {
  const names =
    /^(site\.title|shell\.otherLanguage|settings\.(sessions\.method|identities)\.(github|google)$|gateway\.(client|place)\.|playground\.protocolName\.)/;
  for (const [key, text] of flat(messagesByLocale.zh)) {
    if (!names.test(key)) expect(text, key).toMatch(/\p{Script=Han}/u);
  }
  for (const [key, text] of flat(messagesByLocale.en)) expect(text.trim(), key).not.toBe('');
});

test('no component carries text of its own in Chinese', () => {
  const files = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
    expect(fs.readFileSync(path.join(source, file), 'utf8'), file).not.toMatch(/\p{Script=Han}/u);
  }
});
