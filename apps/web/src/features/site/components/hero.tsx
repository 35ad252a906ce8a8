import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { tools } from '../tools.ts';
import { AddressTabs } from './address-tabs.tsx';

export interface HeroProps {
  readonly isSignedIn: boolean;
  readonly workerUrl: string;
}

/** What it is and for whom, the way in, and the one line that has to change. */
export function Hero({ isSignedIn, workerUrl }: HeroProps) {
  const t = useTranslations('home');
  return (
    <section className="grid grid-cols-1 items-start gap-x-14 gap-y-9 pt-10 pb-6 sm:pt-12 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
      <div>
        <h1 className="text-display font-semibold tracking-tight text-balance whitespace-pre-line">{t('headline')}</h1>
        <p className="mt-4 max-w-xl text-lead text-ink-soft">{t('lead')}</p>
        <ul aria-label={t('tools')} className="mt-4 flex flex-wrap gap-x-4 gap-y-1 font-mono text-small sm:hidden">
          {tools.map((tool) => (
            <li key={tool}>{tool}</li>
          ))}
        </ul>
        <div className="mt-6 flex flex-wrap gap-3">
          <Link href={isSignedIn ? '/console' : '/sign-up'} className={buttonClass('primary')}>
            {isSignedIn ? t('openConsole') : t('start')}
          </Link>
          <Link href="/pricing" className={buttonClass('plain')}>
            {t('seePrices')}
          </Link>
        </div>
      </div>
      <AddressTabs workerUrl={workerUrl} />
    </section>
  );
}
