import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DocsArticle } from '#features/docs/components/docs-article.tsx';
import { markdownPath } from '#features/docs/markdown-path.ts';
import { placeOf } from '#features/docs/outline.ts';
import { docs, docsOutline } from '#features/docs/server/content.ts';
import { currentExampleValues } from '#features/docs/server/example-values.ts';
import { mdxComponents } from '#features/docs/server/mdx-components.tsx';
import { pageMetadata } from '#features/site/server/page-metadata.ts';

interface DocsPageProps {
  readonly params: Promise<{ readonly slug?: string[] }>;
}

export async function generateMetadata({ params }: DocsPageProps): Promise<Metadata> {
  const [{ slug }, locale] = await Promise.all([params, getLocale()]);
  const page = docs.getPage(slug, locale);
  if (!page) return { title: (await getTranslations('docs'))('missing.title') };
  const { title, description } = page.data;
  const metadata = await pageMetadata({ path: page.url, title, description });
  const types = { 'text/markdown': markdownPath(page.url, locale) };
  return { ...metadata, alternates: { ...metadata.alternates, types } };
}

export default async function Page({ params }: DocsPageProps) {
  const [{ slug }, locale] = await Promise.all([params, getLocale()]);
  const page = docs.getPage(slug, locale);
  if (!page) notFound();
  const [values, { body: Body, toc }] = await Promise.all([currentExampleValues(), page.data.load()]);
  const { title = '', description, updated } = page.data;
  const { group, previous, next } = placeOf(docsOutline(locale), page.url);
  return (
    <DocsArticle
      {...{ title, description, updated, group, previous, next }}
      headings={toc}
      markdownPath={markdownPath(page.url, locale)}
      shownKey={values.shownKey}
    >
      <Body components={mdxComponents(values)} />
    </DocsArticle>
  );
}
