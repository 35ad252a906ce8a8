import { modelPath } from '#features/model/public-model.ts';

const fixedPages = ['/', '/pricing', '/models', '/status', '/announcements', '/terms', '/privacy'];

export interface SiteContent {
  readonly modelIds: readonly string[];
  /** Addresses of the documentation's pages. */
  readonly docs: readonly string[];
}

/** Every public page without its language, for whoever looks for all of them. */
export function sitePages({ modelIds, docs }: SiteContent): readonly string[] {
  return [...fixedPages, ...docs, ...modelIds.map(modelPath)];
}
