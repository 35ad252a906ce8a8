import type { Node } from 'fumadocs-core/page-tree';
import { expect, test } from 'vitest';
import { outlineOf, placeOf } from './outline.ts';

const page = (url: string, name: string): Node => ({ type: 'page', url, name });
const tree: Node[] = [
  page('/docs', 'Start'),
  {
    type: 'folder',
    name: 'Tools',
    index: { type: 'page', url: '/docs/tools', name: 'Which' },
    children: [page('/docs/tools/zed', 'Zed')],
  },
  { type: 'folder', name: 'SDKs', children: [page('/docs/sdk/node', 'Node.js')] },
];

test('a folder’s own page stands first in its group', () => {
  expect(outlineOf(tree).map(({ title, pages }) => [title, pages.map(({ href }) => href)])).toEqual([
    [undefined, ['/docs']],
    ['Tools', ['/docs/tools', '/docs/tools/zed']],
    ['SDKs', ['/docs/sdk/node']],
  ]);
});

test('previous and next cross the groups and end at both ends', () => {
  const outline = outlineOf(tree);
  expect(placeOf(outline, '/docs')).toMatchObject({
    group: undefined,
    previous: undefined,
    next: { href: '/docs/tools' },
  });
  expect(placeOf(outline, '/docs/tools/zed')).toMatchObject({ group: 'Tools', next: { href: '/docs/sdk/node' } });
  expect(placeOf(outline, '/docs/sdk/node').next).toBeUndefined();
});
