'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { controls, type DeskSetting, readTyped, type SettingName, typedOf } from '../setting-form.ts';
import { SettingField } from './setting-field.tsx';

export interface SettingGroupProps {
  readonly group: DeskSetting['group'];
  readonly settings: readonly DeskSetting[];
  readonly onSaved?: () => void;
}

/** The settings of one kind, saved together: all of them or none. */
export function SettingGroup({ group, settings, onSaved }: SettingGroupProps) {
  const t = useTranslations('siteSettings');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const mayManage = useMay('setting.manage');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const save = api.siteSetting.change.useMutation({
    async onSuccess() {
      await utils.siteSetting.invalidate();
      setTyped({});
      toast({ title: t('saved') });
      onSaved?.();
      // The frame of this very page shows the name, the logo and the languages.
      router.refresh();
    },
    onError: (error) => setWrong(error.data?.field ? [error.data.field] : []),
  });
  const change = (changes: Record<string, unknown>) => save.mutate(changes);

  function submit(event: FormEvent) {
    event.preventDefault();
    const entries = Object.entries(typed).map(
      ([name, text]) => [name, readTyped(controls[name as SettingName], text)] as const,
    );
    const none = entries.filter(([, value]) => value === undefined).map(([name]) => name);
    setWrong(none);
    if (none.length === 0 && entries.length > 0 && !save.isPending) change(Object.fromEntries(entries));
  }

  const own = settings.filter(({ source }) => source === 'console');
  return (
    <Section title={t(`group.${group}`)}>
      <form onSubmit={submit} noValidate>
        {settings.map((setting) => {
          const name = setting.name as SettingName;
          return (
            <SettingField
              key={name}
              setting={setting}
              name={name}
              typed={typed[name] ?? typedOf(setting.value)}
              isWrong={wrong.includes(name)}
              mayEdit={mayManage}
              onType={(text) => setTyped({ ...typed, [name]: text })}
            />
          );
        })}
        {save.error && wrong.length === 0 && <ErrorState {...failure(save.error)} />}
        {mayManage && (
          <div className="mt-4 flex flex-wrap gap-2.5">
            <Button type="submit" look="primary" busy={save.isPending} disabled={Object.keys(typed).length === 0}>
              {t('save')}
            </Button>
            {own.length > 0 && (
              <Button onClick={() => change(Object.fromEntries(own.map(({ name }) => [name, null])))}>
                {t('toDefaults')}
              </Button>
            )}
          </div>
        )}
      </form>
    </Section>
  );
}
