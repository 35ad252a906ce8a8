import { getLocale } from 'next-intl/server';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { pathOf, type ViewPage } from '../view-pages.ts';
import { readViews } from './read-views.ts';

/** What a page is given of its address. */
export interface Addressed {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Leads who opens a list without any filters on to the view that they want to see first, where they have one. */
export async function openingView(page: ViewPage, { searchParams }: Addressed): Promise<void> {
  if (Object.keys(await searchParams).length > 0) return;
  const session = await currentSession();
  if (!session) return;
  const views = await readViews(composition().deps.prisma, { userId: session.user.id, page });
  const first = views.find(({ opensFirst }) => opensFirst);
  if (first) redirect({ href: { pathname: pathOf(page), query: { ...first.query } }, locale: await getLocale() });
}
