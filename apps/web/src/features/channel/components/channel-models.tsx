'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { Channel } from '../channel-filter.ts';
import { modelsForm } from '../model-rows.ts';
import { resells } from '../test-model.ts';
import { EditModelsDialog } from './edit-models-dialog.tsx';
import { ImportModelsDialog } from './import-models-dialog.tsx';

export interface ChannelModelsProps {
  readonly channel: Channel;
  readonly mayEdit: boolean;
}

/** Which models a channel serves, and what its upstream calls them. */
export function ChannelModels({ channel, mayEdit }: ChannelModelsProps) {
  const t = useTranslations('channels');
  const [open, setOpen] = useState<'edit' | 'import'>();
  const choices = api.channel.choices.useQuery().data;
  const { servesAll, rows } = modelsForm(channel.models);
  const actions = mayEdit && (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen('import')}>{t('models.import')}</Button>
      <Button onClick={() => setOpen('edit')}>{t('models.edit')}</Button>
    </div>
  );
  return (
    <Section title={t('models.title')} actions={actions}>
      {servesAll && choices && (
        <p className="text-small">{t(resells(channel.preset, choices) ? 'models.allOthers' : 'models.all')}</p>
      )}
      {!servesAll && rows.length === 0 && <p className="text-small text-ink-soft">{t('models.nothing')}</p>}
      {rows.length > 0 && (
        <div className="max-h-96 overflow-y-auto">
          <Table label={t('models.title')}>
            <thead>
              <tr>
                <HeaderCell>{t('models.public')}</HeaderCell>
                <HeaderCell>{t('models.upstream')}</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ publicId, upstreamId }) => (
                <tr key={publicId}>
                  <Cell className="font-mono">{publicId}</Cell>
                  <Cell className="font-mono text-ink-soft">{upstreamId}</Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {open === 'edit' && <EditModelsDialog channel={channel} onClose={() => setOpen(undefined)} />}
      {open === 'import' && <ImportModelsDialog channel={channel} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}
