import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { ChevronIcon } from '#ui/icons.tsx';

const questions = ['change', 'models', 'words', 'ends', 'breaks', 'own', 'invoice'] as const;

/** What people ask before they try, and the way in once more. */
export function Questions({ isSignedIn }: { readonly isSignedIn: boolean }) {
  const t = useTranslations('home');
  return (
    <section className="grid grid-cols-1 gap-x-14 gap-y-6 py-20 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <div>
        <h2 className="text-title font-semibold tracking-tight">{t('questions.title')}</h2>
        <Link href={isSignedIn ? '/console' : '/sign-up'} className={`${buttonClass('primary')} mt-5`}>
          {isSignedIn ? t('openConsole') : t('start')}
        </Link>
      </div>
      <div className="border-b border-rule">
        {questions.map((question) => (
          <details key={question} className="group border-t border-rule">
            <summary className="flex min-h-12 cursor-pointer items-center justify-between gap-4 py-2 font-medium">
              {t(`questions.${question}.question`)}
              <ChevronIcon className="shrink-0 text-ink-faint transition-transform group-open:rotate-180" />
            </summary>
            <p className="max-w-2xl pb-4 text-ink-soft">{t(`questions.${question}.answer`)}</p>
          </details>
        ))}
      </div>
    </section>
  );
}
