import { useLocale, useTranslations } from 'next-intl';
import { textIn } from '#components/both-languages.ts';
import { UtcDay } from '#components/utc-day.tsx';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { fillIn, type LegalText } from '../legal-text.ts';

export interface LegalPageProps {
  readonly legal: LegalText;
  readonly site: { readonly siteName: string; readonly supportContact: string };
}

/** Terms or privacy, as they hold now. */
export function LegalPage({ legal: { document, text, changedAt }, site }: LegalPageProps) {
  const t = useTranslations('legal');
  const locale = useLocale();
  const contact = site.supportContact || t('noContact');
  return (
    <article className="max-w-2xl py-10 sm:py-14">
      <h1 className="text-title font-semibold tracking-tight">{t(`title.${document}`)}</h1>
      <p className="mt-1 mb-6 text-caption text-ink-faint">
        {changedAt ? t.rich('changed', { day: () => <UtcDay at={changedAt} locale={locale} /> }) : t('template')}
      </p>
      <RichText text={fillIn(textIn(locale, text), { siteName: site.siteName, supportContact: contact })} />
    </article>
  );
}
