'use client';

import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { Link, usePathname } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { GlobeIcon } from '#ui/icons.tsx';
import { useSite } from '../site.tsx';

/** Leads to the same page, with the same query, in the other language, where that is on offer. */
export function LocaleSwitch() {
  const t = useTranslations('shell');
  const other = useLocale() === 'zh' ? 'en' : 'zh';
  const { languages } = useSite();
  const pathname = usePathname();
  const query = Object.fromEntries(useSearchParams().entries());
  if (!languages.includes(other)) return null;
  return (
    <Link href={{ pathname, query }} locale={other} hrefLang={other} lang={other} className={buttonClass('quiet')}>
      <GlobeIcon className="max-sm:hidden" />
      {t('otherLanguage')}
    </Link>
  );
}
