import type { MetadataRoute } from 'next';
import { siteOrigin } from '#features/site/server/site-origin.ts';

export const dynamic = 'force-dynamic';

const closed = ['/console', '/admin', '/api'];

export default async function robots(): Promise<MetadataRoute.Robots> {
  return {
    rules: { userAgent: '*', allow: '/', disallow: [...closed, ...closed.map((path) => `/en${path}`)] },
    sitemap: `${await siteOrigin()}/sitemap.xml`,
  };
}
