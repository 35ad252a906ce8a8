import type { Page, Request } from '@playwright/test';

/** What one page may ask before it shows all that it has: itself, what its client components read, and little besides. */
export const maxAsks = 8;

/** Of these kinds is a page itself, the content of another one that is loaded ahead, and every procedure's call. */
const asking = ['document', 'fetch', 'xhr'];

/**
 * Notes what a page asks the server from now on, scripts, styles, fonts and pictures aside.
 * @returns a list that grows: method and address of each, without what only tells browsers' caches apart
 */
export function noteAsks(page: Page): string[] {
  const asks: string[] = [];
  page.on('request', (request) => {
    if (asking.includes(request.resourceType())) asks.push(readable(request));
  });
  return asks;
}

function readable(request: Request): string {
  const url = new URL(request.url());
  url.searchParams.delete('_rsc');
  return `${request.method()} ${url.pathname}${decodeURIComponent(url.search)}`;
}
