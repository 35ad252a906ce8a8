import { useTranslations } from 'next-intl';
import { SiteHead } from './site-head.tsx';

const sections = {
  terms: ['service', 'account', 'payment', 'refunds', 'use', 'availability', 'changes'],
  privacy: ['content', 'records', 'profile', 'payments', 'upstreams', 'cookies', 'rights'],
} as const;

/** What holds between the site and its customers, in plain words. */
export function LegalPage({ page }: { readonly page: keyof typeof sections }) {
  const t = useTranslations('legal');
  return (
    <div className="pb-20">
      <SiteHead title={t(`${page}.title`)} lead={t(`${page}.lead`)} />
      <div className="max-w-2xl">
        {sections[page].map((section) => (
          <section key={section} className="border-t border-rule py-5">
            <h2 className="font-medium">{t(`sections.${section}.title`)}</h2>
            <p className="mt-1 text-ink-soft">{t(`sections.${section}.body`)}</p>
          </section>
        ))}
      </div>
    </div>
  );
}
