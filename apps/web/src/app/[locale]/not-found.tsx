import { useTranslations } from 'next-intl';
import { mainId } from '#components/shell/skip-link.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Span } from '#ui/span.tsx';

const ways = [
  { href: '/', name: 'home' },
  { href: '/models', name: 'models' },
  { href: '/pricing', name: 'pricing' },
  { href: '/docs', name: 'docs' },
  { href: '/status', name: 'status' },
] as const;

export default function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <main id={mainId} className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-4">
      <Span className="mb-8 w-40 text-rule-strong" />
      <h1 className="text-title font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 text-small text-ink-soft">{t('body')}</p>
      <nav aria-label={t('ways')} className="mt-5">
        <ul className="flex flex-wrap gap-x-5">
          {ways.map(({ href, name }) => (
            <li key={href}>
              <Link href={href} className={`${linkClass} inline-flex min-h-9 items-center max-sm:min-h-11`}>
                {t(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </main>
  );
}
