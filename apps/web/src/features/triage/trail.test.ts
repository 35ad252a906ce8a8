import { expect, test } from 'vitest';
import { placeIn, readTrail, rowInPlace } from './trail.ts';

const [a, b, c] = ['/admin/refunds/a', '/admin/refunds/b', '/admin/refunds/c'];
const trail = { list: '/admin/refunds?part=ended', hrefs: [a, b, c] };

test('a record knows its neighbours in the list that one came from, and a stranger none', () => {
  expect(placeIn(trail, a)).toEqual({ index: 0, count: 3, previous: undefined, next: b });
  expect(placeIn(trail, b)).toEqual({ index: 1, count: 3, previous: a, next: c });
  expect(placeIn(trail, c)).toEqual({ index: 2, count: 3, previous: b, next: undefined });
  expect(placeIn(trail, '/admin/refunds/d')).toBeUndefined();
});

test('back in the list one goes on at the record, or at what came into its place', () => {
  expect(rowInPlace([a, b, c], [a, b, c], b)).toBe(1);
  expect(rowInPlace(['new', a, b], [a, b, c], b)).toBe(2);
  expect(rowInPlace([a, c], [a, b, c], b)).toBe(1);
  expect(rowInPlace([a, b], [a, b, c], c)).toBe(1);
  expect(rowInPlace([a], [], 'gone')).toBe(0);
  expect(rowInPlace([], [a], a)).toBeUndefined();
});

test('a kept trail is read as it was kept, and anything else is none', () => {
  expect(readTrail(JSON.stringify({ ...trail, at: b }))).toEqual({ ...trail, at: b });
  expect(readTrail(JSON.stringify({ ...trail, at: 'https://example.com' }))).toEqual({ ...trail, at: undefined });
  for (const text of [null, '', 'null', '[]', '3', '{"list":"/admin/refunds"}', '{"list":3,"hrefs":[]}'])
    expect(readTrail(text), String(text)).toBeUndefined();
  expect(readTrail(JSON.stringify({ list: '//example.com', hrefs: [] }))).toBeUndefined();
  expect(readTrail(JSON.stringify({ ...trail, hrefs: [a, '//example.com'] }))).toBeUndefined();
});
