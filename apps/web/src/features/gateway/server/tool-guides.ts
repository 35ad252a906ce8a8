import { getTranslations } from 'next-intl/server';
import { plainMarkdown } from '#features/docs/markdown-text.ts';
import { docs } from '#features/docs/server/content.ts';
import { siteOrigin } from '#features/site/server/site-origin.ts';
import type { Locale } from '#i18n/routing.ts';
import { composition } from '#server/deps.ts';
import {
  commandLine,
  guideSources,
  type HeadingTexts,
  headingNames,
  readGuide,
  type ToolGuide,
  toolIds,
} from '../tool-guide.ts';

/** How each tool is set up, taken from its page in the docs: what people paste here is what is tested there. */
export async function toolGuides(locale: Locale): Promise<ToolGuide[]> {
  const t = await getTranslations({ locale, namespace: 'gateway.heading' });
  const texts = Object.fromEntries(headingNames.map((name) => [name, t(name)])) as unknown as HeadingTexts;
  const commandOrigin = composition().site.commandFile === undefined ? undefined : await siteOrigin();
  return Promise.all(
    toolIds.map(async (id) => {
      const page = docs.getPage(guideSources[id].path.split('/'), locale);
      if (!page) throw new Error(`the docs have no page ${guideSources[id].path}`);
      const guide = readGuide(id, plainMarkdown(await page.data.getText('processed')), texts);
      return { ...guide, command: commandOrigin && commandLine(id, commandOrigin) };
    }),
  );
}
