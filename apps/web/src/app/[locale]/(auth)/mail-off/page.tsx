import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { SwitchMailOff } from '#features/account/components/switch-mail-off.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('mailOff.title') };
}

export default async function MailOffPage() {
  const t = await getTranslations('auth');
  return (
    <AuthFrame
      title={t('mailOff.title')}
      lead={t('mailOff.lead')}
      footer={
        <Link href="/console/settings" className={linkClass}>
          {t('mailOff.toSettings')}
        </Link>
      }
    >
      <SwitchMailOff />
    </AuthFrame>
  );
}
