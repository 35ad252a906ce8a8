import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { maxRichTextCharacters, parseRichText } from './parse.ts';
import { RichLine, RichText } from './rich-text.tsx';

const htmlOf = (text: string) => renderToStaticMarkup(createElement(RichText, { text }));
/** Without classes, which say nothing here. */
const plainHtmlOf = (text: string) =>
  htmlOf(text)
    .replace(/ class="[^"]*"/g, '')
    .replace(/^<div>|<\/div>$/g, '');

test('the subset is read: headings, paragraphs with breaks, lists, bold, code and links', () => {
  const text =
    '## Head\nOne **bold** `a*b`\nline\n\n- a\n- [b](https://example.com/x?y=1&z)\n1. n\n2) m\n```\n<b>\n```\n### End';
  expect(plainHtmlOf(text)).toBe(
    '<h2>Head</h2><p>One <strong>bold</strong> <code>a*b</code><br/>line</p>' +
      '<ul><li>a</li><li><a href="https://example.com/x?y=1&amp;z" rel="nofollow noopener noreferrer">b</a></li></ul>' +
      '<ol><li>n</li><li>m</li></ol><pre tabindex="0">&lt;b&gt;</pre><h3>End</h3>',
  );
});

test('what is no part of the subset is text, and a backslash makes a mark plain', () => {
  expect(plainHtmlOf('# One\n<script>x</script>')).toBe('<p># One<br/>&lt;script&gt;x&lt;/script&gt;</p>');
  expect(plainHtmlOf('\\*\\*a\\*\\* \\[b\\](https://x.test)')).toBe('<p>**a** [b](https://x.test)</p>');
  expect(plainHtmlOf('![i](https://x.test/i.png)')).toBe(
    '<p>!<a href="https://x.test/i.png" rel="nofollow noopener noreferrer">i</a></p>',
  );
});

test('only http and https lead anywhere', () => {
  const others = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.test',
    '/console',
    'https:evil.test',
    'https://user:password@evil.test',
    'https://bank.test@evil.test',
    'java\u0000script:x',
    'https://',
  ];
  for (const address of others) expect(htmlOf(`[x](${address})`), address).not.toContain('href');
});

const allowedTag =
  /^<(?:\/(?:div|h2|h3|p|ul|ol|li|strong|code|pre|a)|(?:div|h2|h3|p|ul|ol|li|strong|code)(?: class="[^"<>]*")?|br\/|pre tabindex="0" class="[^"<>]*"|a href="https?:\/\/[^"<>\s]*" rel="nofollow noopener noreferrer" class="[^"<>]*")>$/;

/** Pieces that mark-up is made of, in any order. */
const pieces = fc.constantFrom(
  ...['<', '>', '"', "'", '&', '`', '```', '\n', '\n\n', '**', '*', '[', ']', '](', ')', '\\', '## ', '- ', '1. ', ' '],
  ...[
    'javascript:',
    'https://',
    'http://a.b',
    'data:',
    '<script>',
    '<img src=x onerror=y>',
    '&#x6a;',
    'x',
    '字',
    '\u0000',
    '\u202e',
  ],
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
);

test('whatever is written, no other tag, attribute or scheme comes out', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const html = htmlOf(text);
      for (const tag of html.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(allowedTag);
      expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
    }),
    { numRuns: 2_000 },
  );
});

test('no text is lost but its marks: letters come out in their order', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 20 });
  fc.assert(
    fc.property(words, fc.constantFrom('\n', '\n\n', ' **', ' ', '\n- ', '\n## ', ' `'), (parts, between) => {
      const html = htmlOf(parts.join(between)).replace(/<[^>]*>/g, '');
      expect(html.replace(/[^a-z]/g, '')).toBe(parts.join(''));
    }),
  );
});

test('a text longer than is stored is cut, and one made of marks alone is read in steps that its length bounds', () => {
  expect(JSON.stringify(parseRichText('x'.repeat(maxRichTextCharacters + 5))).length).toBeLessThan(
    maxRichTextCharacters + 200,
  );
  for (const mark of ['[', '**', '`', '[x](', '\\', '- ', '## ', '[a](https://'])
    expect(parseRichText(mark.repeat(maxRichTextCharacters / mark.length)).length).toBeGreaterThan(0);
});

test('a banner shows the first paragraph alone', () => {
  const html = renderToStaticMarkup(createElement(RichLine, { text: '## Head\n\nFirst **one**\n\nSecond' }));
  expect(html).toBe('First <strong>one</strong>');
});
