import { expect, test } from 'vitest';
import { type DocsSection, searchDocs, searchTerms } from './search.ts';

const sections: DocsSection[] = [
  { url: '/docs/billing/refunds', page: '退款', text: '没有用掉的代币可以申请退款，原路退回。' },
  { url: '/docs/tools/codex', page: 'Codex CLI', text: 'Codex reads config.toml and auth.json.' },
  { url: '/docs/tools/codex#undo', page: 'Codex CLI', heading: 'Undo', text: 'Remove the provider from config.toml.' },
  { url: '/docs/behaviour/failover', page: '故障转移', text: '上游出错时换一个渠道。Codex 也一样。' },
];
const urls = (query: string) => searchDocs(sections, query).map(({ section }) => section.url);

test('Chinese is cut into words, everything else at spaces', () => {
  expect(searchTerms('故障转移 Codex')).toEqual(['故障', '转移', 'codex']);
  expect(searchTerms('  ')).toEqual([]);
});

test('Chinese is found, the page about it first', () => {
  expect(urls('退款')[0]).toBe('/docs/billing/refunds');
  expect(urls('故障转移')).toEqual(['/docs/behaviour/failover']);
  expect(urls('申请退款')).toEqual(['/docs/billing/refunds']);
});

test('English is found in any case and by half a word; a page before its parts, its parts before a mention', () => {
  expect(urls('CODEX')).toEqual(['/docs/tools/codex', '/docs/tools/codex#undo', '/docs/behaviour/failover']);
  expect(urls('provid')).toEqual(['/docs/tools/codex#undo']);
  expect(urls('auth.json')).toEqual(['/docs/tools/codex']);
});

test('every word has to be there', () => {
  expect(urls('codex undo')).toEqual(['/docs/tools/codex#undo']);
  expect(urls('codex 不存在的词')).toEqual([]);
});

test('an excerpt shows what was found, cut on both sides', () => {
  const text = `${'before '.repeat(20)}needle ${'after '.repeat(40)}`;
  const [hit] = searchDocs([{ url: '/docs', page: 'x', text }], 'needle');
  expect(hit!.excerpt).toMatch(/^….*needle.*…$/);
  expect(hit!.excerpt.length).toBeLessThan(130);
});
