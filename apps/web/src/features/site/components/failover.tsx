import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

const attempts = [
  { step: 'first', tone: 'bad', share: '22%', start: '0%' },
  { step: 'second', tone: 'good', share: '70%', start: '24%' },
] as const;
const promises = ['before', 'after', 'model', 'pays'] as const;

/** What happens when a provider fails: drawn as the request's own timeline, and said. */
export function Failover() {
  const t = useTranslations('home.failover');
  return (
    <section className="grid grid-cols-1 gap-x-14 gap-y-8 pt-20 lg:grid-cols-2">
      <div>
        <h2 className="text-title font-semibold tracking-tight">{t('title')}</h2>
        <p className="mt-2 text-ink-soft">{t('lead')}</p>
        <figure className="mt-8" aria-label={t('figure')}>
          <ol className="flex flex-col gap-4">
            {attempts.map(({ step, tone, share, start }) => (
              <li key={step}>
                <div className="flex flex-wrap justify-between gap-x-4 text-small">
                  <span>{t(`${step}.name`)}</span>
                  <Status tone={tone}>{t(`${step}.end`)}</Status>
                </div>
                <div aria-hidden="true" className="mt-1.5 h-2 bg-sunken">
                  <div
                    className={tone === 'bad' ? 'h-full bg-rule-strong' : 'h-full bg-ink'}
                    style={{ width: share, marginLeft: start }}
                  />
                </div>
              </li>
            ))}
          </ol>
          <figcaption className="mt-3 text-caption text-ink-faint">{t('caption')}</figcaption>
        </figure>
      </div>
      <dl className="self-end">
        {promises.map((promise) => (
          <div key={promise} className="border-t border-rule py-3">
            <dt className="font-medium">{t(`${promise}.title`)}</dt>
            <dd className="mt-0.5 text-small text-ink-soft">{t(`${promise}.body`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
