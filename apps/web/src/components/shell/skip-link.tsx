import { useTranslations } from 'next-intl';

export const mainId = 'main';

/** The first stop of a keyboard: past the navigation. */
export function SkipLink() {
  const t = useTranslations('shell');
  return (
    <a
      href={`#${mainId}`}
      className="print:hidden fixed top-2 left-2 z-70 -translate-y-16 rounded-control bg-ink px-4 py-2 text-small text-paper focus:translate-y-0"
    >
      {t('skip')}
    </a>
  );
}
