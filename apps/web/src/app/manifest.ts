import { readSettings } from '@ai-bridge/catalog';
import type { MetadataRoute } from 'next';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { siteName } = await readSettings(composition().deps.prisma);
  return {
    ...{ name: siteName, short_name: siteName, start_url: '/console', display: 'browser' },
    ...{ background_color: '#faf7f2', theme_color: '#faf7f2' },
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
