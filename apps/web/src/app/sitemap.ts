import type { MetadataRoute } from 'next';
import { pageAddresses } from '#features/site/server/page-metadata.ts';
import { siteOrigin } from '#features/site/server/site-origin.ts';
import { sitePages } from '#features/site/server/site-pages.ts';
import { locales } from '#i18n/routing.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [origin, { models }] = await Promise.all([siteOrigin(), composition().deps.offer.read()]);
  return sitePages(models.map(({ id }) => id)).flatMap((path) =>
    locales.map((locale) => {
      const { canonical, languages } = pageAddresses(path, locale, origin);
      return { url: canonical, alternates: { languages } };
    }),
  );
}
