'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '#ui/dialog.tsx';
import { SearchPanel } from './search-panel.tsx';

export interface SearchDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function SearchDialog({ open, onOpenChange }: SearchDialogProps) {
  const t = useTranslations('docs.search');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('label')}>
      <SearchPanel autoFocus onLeave={() => onOpenChange(false)} />
    </Dialog>
  );
}
