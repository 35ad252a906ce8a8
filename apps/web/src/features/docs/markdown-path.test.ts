import { expect, test } from 'vitest';
import { markdownPath, markdownRoute } from './markdown-path.ts';

test('each page’s twin is at its address with .md, in its language', () => {
  expect(markdownPath('/docs/tools/codex', 'zh')).toBe('/docs/tools/codex.md');
  expect(markdownPath('/docs', 'en')).toBe('/en/docs.md');
  expect(markdownRoute('/docs/tools/codex.md')).toBe('/api/docs/markdown/zh/tools/codex');
  expect(markdownRoute('/en/docs.md')).toBe('/api/docs/markdown/en');
  expect(markdownRoute('/zh/docs/index.md')).toBe('/api/docs/markdown/zh');
});

test('no other path is taken for one', () => {
  for (const path of ['/docs', '/docs/tools', '/admin/x.md', '/docsx.md', '/fr/docs/x.md']) {
    expect(markdownRoute(path)).toBeUndefined();
  }
});
