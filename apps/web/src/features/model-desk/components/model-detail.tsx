'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { countText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { BackLink } from '#components/back-link.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import type { DeskModel } from '../model-filter.ts';
import { takesChoice, takesFields } from '../model-form.ts';
import { ChangePriceDialog } from './change-price-dialog.tsx';
import { EditModelDialog } from './edit-model-dialog.tsx';
import { FallbackEditor } from './fallback-editor.tsx';
import { ModelChanges } from './model-changes.tsx';
import { PriceHistory } from './price-history.tsx';
import { useModelUpdate } from './use-model-update.ts';

const skeletonRows = 12;

/** A model's own page: its price as of when, where it is served, and what changed. */
export function ModelDetail({ modelId }: { readonly modelId: string }) {
  const t = useTranslations('modelDesk');
  const failure = useFailure();
  const mayManage = useMay('price.manage');
  const read = api.modelDesk.read.useQuery({ modelId });
  const [isChanging, setIsChanging] = useState(false);
  const [isEditing, setIsEditing] = useState(false);
  const owns = (field: string) => read.data?.model.fileFields.includes(field) ?? false;
  const actions = mayManage && (
    <div className="flex flex-wrap gap-2.5">
      <Button onClick={() => setIsEditing(true)}>{t('edit.open')}</Button>
      {!owns('price') && (
        <Button look="primary" onClick={() => setIsChanging(true)}>
          {t('change.open')}
        </Button>
      )}
    </div>
  );
  return (
    <>
      <BackLink href="/admin/models">{t('title')}</BackLink>
      {read.error && <ErrorState {...failure(read.error)} onRetry={() => read.refetch()} />}
      {read.isPending && <SkeletonRows rows={skeletonRows} />}
      {read.data && (
        <>
          <PageHead title={read.data.model.id} lead={read.data.model.displayName} actions={actions} />
          {read.data.model.fileFields.length > 0 && (
            <p className="-mt-4 mb-6 border-l-2 border-rule-strong pl-3 text-small text-ink-soft">
              {t('owned', { fields: read.data.model.fileFields.join(', ') })}
            </p>
          )}
          <Section title={t('prices')}>
            <PriceHistory prices={read.data.prices} mayWithdraw={mayManage && !owns('price')} modelId={modelId} />
          </Section>
          <Section title={t('facts')}>
            <ModelFacts model={read.data.model} mayManage={mayManage} />
          </Section>
          <Section title={t('served')}>
            <Serving model={read.data.model} />
          </Section>
          <Section title={t('fallback.title')}>
            <FallbackEditor
              key={read.data.model.fallback.join('\n')}
              model={read.data.model}
              known={read.data.known}
              mayEdit={mayManage && !owns('fallback')}
            />
          </Section>
          <Section title={t('changes.title')}>
            <ModelChanges changes={read.data.changes} />
          </Section>
          {isEditing && <EditModelDialog model={read.data.model} onClose={() => setIsEditing(false)} />}
          {isChanging && <ChangePriceDialog model={read.data.model} onClose={() => setIsChanging(false)} />}
        </>
      )}
    </>
  );
}

function ModelFacts({ model, mayManage }: { readonly model: DeskModel; readonly mayManage: boolean }) {
  const t = useTranslations('modelDesk');
  const locale = useLocale();
  const update = useModelUpdate();
  const { id, enabled, provider, contextTokens, maxOutputTokens, aliases, fileFields, nextPriceAt } = model;
  const count = (tokens: number | null) => (tokens === null ? '–' : countText(tokens, locale));
  return (
    <dl className="grid gap-x-10 text-small sm:grid-cols-2">
      <Fact label={t('column.provider')}>{provider}</Fact>
      <Fact label={t('column.state')}>
        <span className="flex flex-wrap items-center gap-3">
          <Status tone={enabled ? 'good' : 'quiet'}>{enabled ? t('on') : t('off')}</Status>
          {mayManage && !fileFields.includes('enabled') && (
            <Button
              look="quiet"
              busy={update.isPending}
              onClick={() => update.mutate({ modelId: id, enabled: !enabled })}
            >
              {enabled ? t('hide') : t('show')}
            </Button>
          )}
        </span>
      </Fact>
      <Fact label={t('column.context')}>{count(contextTokens)}</Fact>
      <Fact label={t('maxOutput')}>{count(maxOutputTokens)}</Fact>
      {takesFields.map((field) => (
        <Fact key={field} label={t(`takes.${field}`)}>
          {t(`takes.${takesChoice(model[field]) || 'unknown'}`)}
        </Fact>
      ))}
      {aliases.length > 0 && (
        <Fact label={t('aliases')}>
          <span className="break-all font-mono">{aliases.join(', ')}</span>
        </Fact>
      )}
      {nextPriceAt && (
        <Fact label={t('nextPrice')}>
          <LocalTime at={nextPriceAt} />
        </Fact>
      )}
    </dl>
  );
}

function Serving({ model: { channels } }: { readonly model: DeskModel }) {
  const t = useTranslations('modelDesk');
  if (channels.length === 0) return <p className="text-small text-ink-soft">{t('unserved')}</p>;
  return (
    <dl className="text-small">
      {channels.map(({ id, name, protocols, upstreamModel }) => (
        <Fact key={id} label={protocols.join(', ')}>
          <Link href={`/admin/channels/${id}`} className={linkClass}>
            {name}
          </Link>
          <span className="ml-3 font-mono text-caption text-ink-faint">{t('upstream', { model: upstreamModel })}</span>
        </Fact>
      ))}
    </dl>
  );
}
