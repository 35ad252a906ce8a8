import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { Crossing } from './crossing.tsx';

const facts = ['tools', 'price', 'receipt'] as const;

/** One screen: what it is and the way in. */
export function Home({ signedIn }: { readonly signedIn: boolean }) {
  const t = useTranslations('home');
  return (
    <div className="flex grow flex-col justify-between gap-12 py-12 sm:py-16">
      <div className="max-w-3xl">
        <h1 className="text-display font-semibold tracking-tight text-balance">{t('headline')}</h1>
        <p className="mt-5 max-w-2xl text-lead text-ink-soft">{t('lead')}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          {signedIn ? (
            <Link href="/console" className={buttonClass('primary')}>
              {t('openConsole')}
            </Link>
          ) : (
            <>
              <Link href="/sign-up" className={buttonClass('primary')}>
                {t('signUp')}
              </Link>
              <Link href="/sign-in" className={buttonClass('plain')}>
                {t('signIn')}
              </Link>
            </>
          )}
        </div>
      </div>
      <Crossing />
      <dl className="grid gap-x-10 gap-y-6 border-t border-rule pt-6 sm:grid-cols-3">
        {facts.map((fact) => (
          <div key={fact}>
            <dt className="font-medium">{t(`fact.${fact}.title`)}</dt>
            <dd className="mt-1 text-small text-ink-soft">{t(`fact.${fact}.body`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
