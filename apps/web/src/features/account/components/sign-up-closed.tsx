import { useTranslations } from 'next-intl';
import { SupportLink } from '#components/shell/support-link.tsx';
import { linkClass } from '#ui/link-class.ts';

/** In the place of the form while the site takes nobody. */
export function SignUpClosed() {
  const t = useTranslations('auth');
  return (
    <div className="flex flex-col items-start gap-2 border-l-2 border-warn pl-4">
      <p>{t('signUp.closed')}</p>
      <SupportLink className={linkClass} />
    </div>
  );
}
