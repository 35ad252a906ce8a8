'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useRef, useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { Mark } from '#ui/span.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { logoMediaType } from '../logo.ts';

/** The picture beside the site's name. */
export function LogoSection({ logo }: { readonly logo: string | null }) {
  const t = useTranslations('siteSettings');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const mayManage = useMay('setting.manage');
  const input = useRef<HTMLInputElement>(null);
  const [isWrong, setIsWrong] = useState(false);
  async function onSuccess() {
    await utils.siteSetting.invalidate();
    toast({ title: t('saved') });
    router.refresh();
  }
  const set = api.siteSetting.setLogo.useMutation({ onSuccess });
  const remove = api.siteSetting.removeLogo.useMutation({ onSuccess });
  const error = set.error ?? remove.error;

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isRight = logoMediaType(bytes) !== undefined;
    setIsWrong(!isRight);
    if (isRight) set.mutate({ base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) });
  }

  return (
    <Section title={t('logo.title')}>
      <div className="flex flex-wrap items-center gap-5">
        <span className="flex size-16 items-center justify-center rounded-panel border border-rule bg-sheet">
          {logo === null ? (
            <Mark className="size-10" />
          ) : (
            // biome-ignore lint/performance/noImgElement: a small picture of this origin's own
            <img src={logo} alt={t('logo.current')} className="size-10 object-contain" />
          )}
        </span>
        {mayManage && (
          <div className="flex flex-wrap gap-2.5">
            <input
              ref={input}
              type="file"
              accept="image/png,image/webp"
              onChange={choose}
              aria-label={t('logo.choose')}
              className="sr-only"
              tabIndex={-1}
            />
            <Button busy={set.isPending} onClick={() => input.current?.click()}>
              {t('logo.choose')}
            </Button>
            {logo !== null && (
              <Button busy={remove.isPending} onClick={() => remove.mutate()}>
                {t('logo.remove')}
              </Button>
            )}
          </div>
        )}
      </div>
      <p className="mt-2 text-caption text-ink-faint">{t('logo.hint')}</p>
      {isWrong && (
        <p role="alert" className="mt-1 text-caption text-bad">
          {t('logo.invalid')}
        </p>
      )}
      {error && <ErrorState {...failure(error)} />}
    </Section>
  );
}
