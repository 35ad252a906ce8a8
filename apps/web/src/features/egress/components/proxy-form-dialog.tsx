'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { EgressStatus, ListedProxy } from '../pools.ts';
import { defaultPool, proxyFormOf, proxyInput } from '../proxy-form.ts';
import { StrandedWarning } from './stranded-warning.tsx';

const maxNameLength = 64;
const maxPoolLength = 32;
const example = 'socks5://user:password@proxy.example.com:1080';

export interface ProxyFormDialogProps {
  /** Undefined: a new one. */
  readonly proxy: ListedProxy | undefined;
  /** The pools that exist, to be chosen from; another name makes another pool. */
  readonly pools: readonly string[];
  /** Channels that have no way out where this proxy is switched off or moved. */
  readonly stranded: EgressStatus['channels'];
  readonly onClose: () => void;
  readonly onCreated: (made: { readonly id: string; readonly name: string }) => void;
}

/** Makes a proxy, or changes one. Its URL goes in and is never shown again. */
export function ProxyFormDialog({ proxy, pools, stranded, onClose, onCreated }: ProxyFormDialogProps) {
  const t = useTranslations('egress');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const listId = useId();
  const [form, setForm] = useState(() => proxyFormOf(proxy));
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const created = api.egress.create.useMutation({
    async onSuccess({ proxyId }) {
      await utils.egress.list.invalidate();
      onCreated({ id: proxyId, name: form.name.trim() });
    },
  });
  const updated = api.egress.update.useMutation({
    async onSuccess() {
      await utils.egress.list.invalidate();
      toast({ title: t('saved') });
      onClose();
    },
  });
  const error = created.error ?? updated.error;
  const wrong = (field: 'name' | 'pool' | 'url') =>
    error?.data?.field === field && error.data.reason !== 'proxy_name_taken' ? t(`invalid.${field}`) : undefined;

  const isTakenAway = proxy !== undefined && (!form.enabled || form.pool.trim() !== proxy.pool);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (proxy) updated.mutate({ proxyId: proxy.id, ...proxyInput(form) });
    else created.mutate(proxyInput(form));
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={proxy ? t('form.editTitle', { name: proxy.name }) : t('form.createTitle')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('form.name')} hint={t('form.nameHint')} error={wrong('name')}>
          <TextInput
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
            required
            maxLength={maxNameLength}
            autoComplete="off"
          />
        </Field>
        <Field
          label={t('form.url')}
          hint={proxy ? t('form.urlKept', { address: `${proxy.scheme}://${proxy.host}` }) : t('form.urlHint')}
          error={wrong('url')}
        >
          <TextInput
            value={form.url}
            onChange={(event) => change({ url: event.target.value })}
            required={!proxy}
            placeholder={example}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Field label={t('form.pool')} hint={t('form.poolHint')} error={wrong('pool')}>
          <TextInput
            value={form.pool}
            onChange={(event) => change({ pool: event.target.value })}
            list={listId}
            maxLength={maxPoolLength}
            placeholder={defaultPool}
            autoComplete="off"
            className="font-mono"
          />
        </Field>
        <datalist id={listId}>
          {pools.map((pool) => (
            <option key={pool} value={pool} />
          ))}
        </datalist>
        <Checkbox checked={form.enabled} onChange={(enabled) => change({ enabled })}>
          {t('form.enabled')}
        </Checkbox>
        <div>
          <Checkbox checked={form.allowPrivate} onChange={(allowPrivate) => change({ allowPrivate })}>
            {t('form.allowPrivate')}
          </Checkbox>
          <p className="mt-1 pl-7 text-caption text-ink-faint" aria-live="polite">
            {form.allowPrivate ? <span className="text-warn">{t('form.privateWarning')}</span> : t('form.privateHint')}
          </p>
        </div>
        {isTakenAway && <StrandedWarning channels={stranded} />}
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={created.isPending || updated.isPending}>
            {proxy ? t('save') : t('form.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
