import { useTranslations } from 'next-intl';

const steps = ['account', 'address', 'work'] as const;

/** From nothing to the first answer. */
export function Steps({ workerUrl }: { readonly workerUrl: string }) {
  const t = useTranslations('home.steps');
  return (
    <section className="pt-20">
      <h2 className="text-title font-semibold tracking-tight">{t('title')}</h2>
      <ol className="mt-6 grid grid-cols-1 gap-x-10 gap-y-8 sm:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step} className="border-t border-rule-strong pt-4">
            <span aria-hidden="true" className="font-mono text-figure tracking-tight text-ink-faint">
              {index + 1}
            </span>
            <h3 className="mt-2 font-medium">{t(`${step}.title`)}</h3>
            <p className="mt-1 text-small text-ink-soft">
              {t.rich(`${step}.body`, {
                address: () => <code className="font-mono text-ink wrap-anywhere">{workerUrl}</code>,
              })}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
