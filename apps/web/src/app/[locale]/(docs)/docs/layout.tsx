import { cookies, headers } from 'next/headers';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TabMemoryProvider } from '#features/docs/components/code-tabs.tsx';
import { DocsNav } from '#features/docs/components/docs-nav.tsx';
import { SearchButton } from '#features/docs/components/search-button.tsx';
import { docsOutline } from '#features/docs/server/content.ts';
import { readTabChoices, systemTab, tabsCookie } from '#features/docs/tab-choices.ts';

/** All pages at the side, the search above them, the page beside. */
export default async function DocsLayout({ children }: { readonly children: ReactNode }) {
  const [locale, jar, sent] = await Promise.all([getLocale(), cookies(), headers()]);
  const system = systemTab(sent.get('user-agent'));
  const choices = { ...(system && { os: system }), ...readTabChoices(jar.get(tabsCookie)?.value) };
  return (
    <TabMemoryProvider initial={choices}>
      <div className="flex grow gap-10 max-lg:flex-col max-lg:gap-0">
        <div className="shrink-0 lg:w-56 lg:border-r lg:border-rule lg:pr-4">
          <div className="flex flex-col gap-4 py-6 max-lg:gap-2 max-lg:pb-0 lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto">
            <SearchButton />
            <DocsNav outline={docsOutline(locale)} />
          </div>
        </div>
        {children}
      </div>
    </TabMemoryProvider>
  );
}
