'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type ApiOutput, api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { BothLanguagesFields } from '#components/both-languages-fields.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useSite } from '#components/site.tsx';
import { useFailure } from '#components/use-failure.ts';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { Button } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { fillIn, type LegalDocument, maxLegalCharacters } from '../legal-text.ts';
import { LegalVersion } from './legal-version.tsx';

const textRows = 18;

export function LegalEditor({ document }: { readonly document: LegalDocument }) {
  const failure = useFailure();
  const { data, error, isPending, refetch } = api.legalText.read.useQuery({ document });
  return (
    <>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <Skeleton className="h-96 w-full" />}
      {data && <Loaded key={data.current.version} {...data} />}
    </>
  );
}

function Loaded({ current, versions }: ApiOutput['legalText']['read']) {
  const t = useTranslations('legal');
  const locale = useLocale();
  const { name: siteName, supportContact } = useSite();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const mayManage = useMay('legalText.manage');
  const [text, setText] = useState(current.text);
  const [shown, setShown] = useState<number>();
  const { document, version } = current;
  const publish = api.legalText.publish.useMutation({
    async onSuccess() {
      await utils.legalText.read.invalidate({ document });
      toast({ title: t('desk.published') });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!publish.isPending) publish.mutate({ document, text, after: version });
  }

  return (
    <>
      {version === 0 && (
        <p className="mb-5 border-l-2 border-warn pl-3 text-small text-ink-soft">{t('desk.templateNote')}</p>
      )}
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <BothLanguagesFields
          label={t('desk.text')}
          value={text}
          maxLength={maxLegalCharacters}
          rows={textRows}
          disabled={!mayManage}
          onChange={setText}
        />
        <p className="text-caption text-ink-faint">{t('desk.hint')}</p>
        <Disclosure label={t('desk.preview')}>
          <RichText text={fillIn(textIn(locale, text), { siteName, supportContact })} below={2} />
        </Disclosure>
        {publish.error && <ErrorState {...failure(publish.error)} />}
        {mayManage && (
          <Button type="submit" look="primary" busy={publish.isPending} className="self-start">
            {t('desk.publish')}
          </Button>
        )}
      </form>
      <Section title={t('desk.versions')}>
        {versions.length === 0 && <p className="text-small text-ink-soft">{t('desk.noVersions')}</p>}
        <ul>
          {versions.map(({ version: number, createdAt, by }) => (
            <li key={number} className="flex flex-wrap items-center gap-x-4 border-b border-rule py-1 text-small">
              <Button look="quiet" onClick={() => setShown(number)}>
                {t('desk.version', { number })}
              </Button>
              <LocalTime at={createdAt} />
              <span className="text-ink-soft">{by?.name}</span>
            </li>
          ))}
        </ul>
      </Section>
      {shown !== undefined && <LegalVersion document={document} version={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
