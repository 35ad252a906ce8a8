'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { controls, typedOf } from '../setting-form.ts';

const skeletonRows = 3;

/** Who changed what, the newest first. */
export function SettingHistory() {
  const t = useTranslations('siteSettings');
  const failure = useFailure();
  const history = api.siteSetting.history.useQuery();
  const named = (name: string) =>
    name in controls ? t(`name.${name as keyof typeof controls}`) : name === 'logo' ? t('logo.title') : name;
  const shown = (value: unknown) => (value === null ? '–' : typedOf(value) || t('history.empty'));
  return (
    <Section title={t('history.title')}>
      {history.error && <ErrorState {...failure(history.error)} onRetry={() => history.refetch()} />}
      {history.isPending && <SkeletonRows rows={skeletonRows} />}
      {history.data?.length === 0 && <p className="text-small text-ink-soft">{t('history.none')}</p>}
      {history.data && history.data.length > 0 && (
        <Table label={t('history.title')}>
          <thead>
            <tr>
              {(['at', 'setting', 'from', 'to', 'by'] as const).map((column) => (
                <HeaderCell key={column}>{t(`history.${column}`)}</HeaderCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {history.data.map(({ id, at, name, from, to, by, actorKind }) => (
              <tr key={String(id)}>
                <Cell>
                  <LocalTime at={at} />
                </Cell>
                <Cell>{named(name)}</Cell>
                <Cell className="max-w-56 truncate font-mono">{shown(from)}</Cell>
                <Cell className="max-w-56 truncate font-mono">{shown(to)}</Cell>
                <Cell>{by?.name ?? t(actorKind === 'config' ? 'source.file' : 'history.system')}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
