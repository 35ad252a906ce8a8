'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';
import { editInput, editOf } from '../edit-channel-form.ts';
import { type ModelsForm, modelsOf } from '../model-rows.ts';

/** Saves a channel's models and leaves everything else on it as it is. */
export function useSaveModels(channel: Channel, onDone: () => void) {
  const t = useTranslations('channels');
  const toast = useToast();
  const utils = api.useUtils();
  const update = api.channel.update.useMutation({
    async onSuccess() {
      await utils.channel.list.invalidate();
      toast({ title: t('saved') });
      onDone();
    },
  });
  const save = (form: ModelsForm) => update.mutate(editInput(channel, editOf(channel), modelsOf(form)));
  return { save, error: update.error, isSaving: update.isPending };
}
