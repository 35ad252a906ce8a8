import { expect, test } from 'vitest';
import { contrastRatio, papers, readableContrast } from './contrast.ts';

test('the ratio is that of the standard: 21 for black on white, 1 for the same, and the order does not matter', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBe(21);
  expect(contrastRatio('#FFFFFF', '#000000')).toBe(21);
  expect(contrastRatio('#777777', '#777777')).toBe(1);
  expect(contrastRatio('#777777', '#ffffff')).toBe(4.47);
});

test('what is no colour has no ratio', () => {
  for (const text of ['', 'red', '#fff', '#12345g', '#1234567', 'rgb(0,0,0)'])
    expect(contrastRatio(text, '#ffffff')).toBeUndefined();
});

test('no single colour is readable on both papers, which is why each has its own', () => {
  const greys = Array.from({ length: 256 }, (_, level) => `#${level.toString(16).padStart(2, '0').repeat(3)}`);
  const isReadable = (grey: string, paper: string) => (contrastRatio(grey, paper) ?? 0) >= readableContrast;
  expect(greys.filter((grey) => isReadable(grey, papers.light) && isReadable(grey, papers.dark))).toEqual([]);
});
