'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Section } from '#ui/section.tsx';
import { useToast } from '#ui/toast.tsx';
import type { MeProps } from './me.ts';

const kinds = ['low_balance', 'orders', 'refunds'] as const;

/** Which mails one gets, of those that are not always sent. */
export function MailSection({ me }: MeProps) {
  const t = useTranslations('settings.mails');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const save = api.account.setMailsOff.useMutation({
    onMutate: ({ kinds: mailsOff }) =>
      utils.account.me.setData(undefined, (before) => before && { ...before, mailsOff }),
    onSuccess: () => toast({ title: t('saved') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.account.me.invalidate(),
  });
  return (
    <Section title={t('title')}>
      <p className="mb-3 max-w-2xl text-small text-ink-soft">
        {t('who')} {t('lead')}
      </p>
      <div className="flex flex-col items-start gap-1">
        {kinds.map((kind) => (
          <Checkbox
            key={kind}
            checked={!me.mailsOff.includes(kind)}
            onChange={(isOn) =>
              save.mutate({ kinds: kinds.filter((one) => (one === kind ? !isOn : me.mailsOff.includes(one))) })
            }
          >
            {t(kind)}
          </Checkbox>
        ))}
      </div>
    </Section>
  );
}
