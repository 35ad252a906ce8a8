import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import type { PageLink } from '../outline.ts';

interface PageTurnerProps {
  readonly previous: PageLink | undefined;
  readonly next: PageLink | undefined;
}

/** The ways on, at the foot of a page. */
export function PageTurner({ previous, next }: PageTurnerProps) {
  const t = useTranslations('docs');
  return (
    <nav aria-label={t('turn')} className="mt-10 grid gap-3 border-t border-rule pt-5 sm:grid-cols-2">
      {previous && <Turn page={previous} word={t('previous')} />}
      {next && <Turn page={next} word={t('next')} isNext />}
    </nav>
  );
}

interface TurnProps {
  readonly page: PageLink;
  readonly word: string;
  readonly isNext?: boolean;
}

function Turn({ page, word, isNext = false }: TurnProps) {
  return (
    <Link
      href={page.href}
      rel={isNext ? 'next' : 'prev'}
      className={`flex min-h-14 flex-col justify-center rounded-panel border border-rule px-4 py-2 hover:border-rule-strong ${isNext ? 'sm:col-start-2 sm:text-right' : ''}`}
    >
      <span className="text-caption text-ink-faint">{word}</span>
      <span className="text-small font-medium">{page.title}</span>
    </Link>
  );
}
