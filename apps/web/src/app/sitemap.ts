import type { MetadataRoute } from 'next';
import { docsOutline } from '#features/docs/server/content.ts';
import { pageAddresses } from '#features/site/server/page-metadata.ts';
import { siteOrigin } from '#features/site/server/site-origin.ts';
import { sitePages } from '#features/site/server/site-pages.ts';
import { locales, routing } from '#i18n/routing.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [origin, { models }] = await Promise.all([siteOrigin(), composition().deps.offer.read()]);
  const docs = docsOutline(routing.defaultLocale).flatMap(({ pages }) => pages.map(({ href }) => href));
  return sitePages({ modelIds: models.map(({ id }) => id), docs }).flatMap((path) =>
    locales.map((locale) => {
      const { canonical, languages } = pageAddresses(path, locale, origin);
      return { url: canonical, alternates: { languages } };
    }),
  );
}
