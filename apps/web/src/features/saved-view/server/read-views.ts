import type { PrismaClient } from '@ai-bridge/db';
import { maxViews, type SavedView } from '../saved-view.ts';
import { knownQuery, type ViewPage, type ViewQuery } from '../view-pages.ts';

/** What somebody keeps for a page, by name. A view whose filters the page does not know any more is left out. */
export async function readViews(
  prisma: PrismaClient,
  { userId, page }: { readonly userId: string; readonly page: ViewPage },
): Promise<SavedView[]> {
  const rows = await prisma.savedView.findMany({ where: { userId, page }, orderBy: { name: 'asc' }, take: maxViews });
  return rows.flatMap(({ id, name, query, opensFirst }) => {
    const known = knownQuery(page, query as ViewQuery);
    return known ? [{ id, name, query: known, opensFirst }] : [];
  });
}
