import { headers } from 'next/headers';
import { composition } from '#server/deps.ts';

/** The site's own address as readers know it, without a trailing slash: as configured, else as this visitor reached it. */
export async function siteOrigin(): Promise<string> {
  const { site } = composition();
  if (site.origin) return site.origin;
  const sent = await headers();
  const protocol = sent.get('x-forwarded-proto')?.startsWith('https') ? 'https' : 'http';
  const origin = `${protocol}://${sent.get('host') ?? 'localhost'}`;
  return URL.canParse(origin) ? new URL(origin).origin : 'http://localhost';
}
