import { readSettings } from '@ai-bridge/catalog';
import { cache } from 'react';
import type { Site } from '#components/site.tsx';
import { logoAddress } from '#features/site-setting/server/logo-store.ts';
import { composition } from '#server/deps.ts';

/** The settings in force, read once a page. */
export const currentSettings = cache(() => readSettings(composition().deps.prisma));

/** What every page may know of the site. */
export async function currentSite(): Promise<Site> {
  const [settings, logo] = await Promise.all([currentSettings(), logoAddress(composition().deps.prisma)]);
  const { siteName, languages, supportContact, currency, showBalanceAs } = settings;
  return { name: siteName, logo, languages, supportContact, currency, showBalanceAs };
}
