import { modelPath } from '#features/model/public-model.ts';

/** Every public page without its language, for whoever looks for all of them. */
export function sitePages(modelIds: readonly string[]): readonly string[] {
  return ['/', '/pricing', '/models', '/status', '/terms', '/privacy', ...modelIds.map(modelPath)];
}
