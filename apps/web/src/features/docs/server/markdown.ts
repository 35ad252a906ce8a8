import { priceText } from '../components/model-prices.tsx';
import { plainMarkdown } from '../markdown-text.ts';
import { type Addresses, fillAddress } from '../placeholders.ts';
import type { DocsPage } from './content.ts';
import { modelPrices } from './model-prices.ts';

const modelsElement = /^<Models\b[^>]*\bprovider="([\w-]+)"[^>]*\/>$/gm;

/** A page as Markdown, for people who paste it and for machines. @param addresses as this reader reaches them */
export async function markdownOf(page: DocsPage, addresses: Addresses): Promise<string> {
  const text = plainMarkdown(await page.data.getText('processed'));
  const tables = await Promise.all([...text.matchAll(modelsElement)].map(([, provider = '']) => modelsTable(provider)));
  const body = text.replace(modelsElement, () => tables.shift() ?? '');
  const { title = '', description } = page.data;
  return `# ${title}\n\n${description}\n\n${fillAddress(body, addresses).trim()}\n`;
}

async function modelsTable(provider: string): Promise<string> {
  const rows = (await modelPrices(provider)).map(({ id, contextTokens, input, cacheRead, cacheWrite5m, output }) => [
    `\`${id}\``,
    contextTokens ?? '–',
    ...[input, cacheRead, cacheWrite5m, output].map(priceText),
  ]);
  const head = ['model', 'context', 'input', 'cache read', 'cache write', 'output'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
