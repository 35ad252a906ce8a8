import { useTranslations } from 'next-intl';
import { mainId } from '#components/shell/skip-link.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { Span } from '#ui/span.tsx';

export default function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <main id={mainId} className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-4">
      <Span className="mb-8 w-40 text-rule-strong" />
      <h1 className="text-title font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 text-small text-ink-soft">{t('body')}</p>
      <Link href="/" className={`${buttonClass('plain')} mt-6`}>
        {t('home')}
      </Link>
    </main>
  );
}
