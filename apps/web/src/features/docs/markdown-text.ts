const tabs = /<CodeBlockTabs\b[\s\S]*?<\/CodeBlockTabs>/g;
const tab = /^ {2}<CodeBlockTab value="([^"]*)">\n([\s\S]*?)\n {2}<\/CodeBlockTab>/gm;
const fence = /^( *```\w+)(?: (title="[^"]*"))?.*$/gm;

/** The compiler's Markdown without what only the site's own pages need: tabs become headed blocks, fences keep no more than their title. */
export function plainMarkdown(text: string): string {
  return text
    .replace(tabs, (block) =>
      [...block.matchAll(tab)].map(([, name, code = '']) => `**${name}**\n\n${unindent(code)}`).join('\n\n'),
    )
    .replace(fence, (_, start: string, title?: string) => (title ? `${start} ${title}` : start));
}

function unindent(code: string): string {
  return code.replace(/^ {4}/gm, '');
}

/** What a search looks through and shows: words without Markdown's marks. */
export function plainWords(markdown: string): string {
  return markdown
    .replace(/```\w*(?: title="([^"]*)")?.*$/gm, (_, title?: string) => title ?? '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`|^> ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
