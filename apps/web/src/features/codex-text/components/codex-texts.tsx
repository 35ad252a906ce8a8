'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type CodexTextAction, CodexTextTable } from './codex-text-table.tsx';
import { DeleteCodexTextDialog } from './delete-codex-text-dialog.tsx';
import { EditCodexTextDialog } from './edit-codex-text-dialog.tsx';

const skeletonRows = 3;

/** What is open beside the list; without a beginning it is a new text. */
type Open = { readonly dialog: CodexTextAction; readonly beginning?: string };

/** The instructions that stand in the place of what Codex sends, by how the upstream's model ids begin. */
export function CodexTexts() {
  const t = useTranslations('codexTexts');
  const failure = useFailure();
  const mayManage = useMay('setting.manage');
  const [open, setOpen] = useState<Open>();
  const { data, error, isPending, refetch } = api.codexText.list.useQuery();
  const mayEdit = mayManage && data?.isOwnedByFile === false;
  const close = () => setOpen(undefined);
  const add = mayEdit && (
    <Button look="primary" onClick={() => setOpen({ dialog: 'edit' })}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <p className="mb-3 text-small">
        <Link href="/admin/channels" className="text-ink-soft underline-offset-4 hover:text-ink hover:underline">
          {`← ${t('back')}`}
        </Link>
      </p>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} />}
      {data?.isOwnedByFile && (
        <p className="-mt-4 mb-6 border-l-2 border-rule-strong pl-3 text-small text-ink-soft">{t('owned')}</p>
      )}
      {data?.texts.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {data && data.texts.length > 0 && (
        <CodexTextTable
          texts={data.texts}
          mayEdit={mayEdit}
          onAction={(dialog, beginning) => setOpen({ dialog, beginning })}
        />
      )}
      {open?.dialog === 'edit' && <EditCodexTextDialog beginning={open.beginning} mayEdit={mayEdit} onClose={close} />}
      {open?.dialog === 'delete' && open.beginning !== undefined && (
        <DeleteCodexTextDialog beginning={open.beginning} onClose={close} />
      )}
    </>
  );
}
