'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { BackLink } from '#components/back-link.tsx';
import { BeginsField, momentOf } from '#components/begins-field.tsx';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { ImportPlan } from './import-plan.tsx';

/** As the server has it. */
const maxFileBytes = 1_000_000;
const pastedName = 'pasted';

/** A price list, uploaded or pasted: compared first, then applied. */
export function ImportPrices() {
  const t = useTranslations('modelDesk');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState(pastedName);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const [begins, setBegins] = useState<string>();
  const plan = api.modelDesk.planImport.useMutation();
  const apply = api.modelDesk.applyImport.useMutation({
    async onSuccess({ prices, models }) {
      await utils.modelDesk.invalidate();
      toast({ title: t('import.done', { prices, models }) });
      router.push('/admin/models');
    },
  });
  const file = () => ({ text, fileName, validFrom: momentOf(begins) });

  function edit(next: string, name: string) {
    setText(next);
    setFileName(name);
    plan.reset();
    apply.reset();
  }

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    setIsTooLarge(chosen.size > maxFileBytes);
    if (chosen.size <= maxFileBytes) edit(await chosen.text(), chosen.name);
  }

  function compare(event: FormEvent) {
    event.preventDefault();
    plan.mutate(file());
  }

  return (
    <>
      <BackLink href="/admin/models">{t('title')}</BackLink>
      <PageHead title={t('import.title')} lead={t('import.lead')} />
      <form onSubmit={compare} className="flex max-w-2xl flex-col gap-5">
        <Field label={t('import.file')} error={isTooLarge ? t('import.tooLarge') : undefined}>
          <input
            type="file"
            aria-label={t('import.file')}
            accept=".csv,.json,.yaml,.yml"
            onChange={({ target }) => void choose(target.files?.[0])}
            className="w-full min-h-9 text-small max-sm:min-h-11"
          />
        </Field>
        <Field label={t('import.text')} hint={t('import.hint')}>
          <TextArea
            value={text}
            onChange={({ target }) => edit(target.value, fileName === pastedName ? pastedName : fileName)}
            rows={8}
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <BeginsField
          value={begins}
          onChange={(next) => {
            setBegins(next);
            plan.reset();
          }}
        />
        <div>
          <Button
            type="submit"
            look={plan.data ? 'plain' : 'primary'}
            busy={plan.isPending}
            disabled={text.trim() === '' || begins === ''}
          >
            {t('import.compare')}
          </Button>
        </div>
      </form>
      <div aria-live="polite" className="mt-6">
        {plan.isPending && <SkeletonRows rows={6} />}
        {plan.error && <ErrorState {...failure(plan.error)} onRetry={() => plan.mutate(file())} />}
      </div>
      {plan.data && (
        <Section title={t('import.plan')}>
          <ImportPlan
            key={plan.data.digest}
            plan={plan.data}
            isApplying={apply.isPending}
            onApply={(choice) => apply.mutate({ ...file(), digest: plan.data.digest, ...choice })}
          />
          {apply.error && <ErrorState {...failure(apply.error)} />}
        </Section>
      )}
    </>
  );
}
