'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useTranslations } from 'next-intl';
import { ApiProvider } from '../api-provider.tsx';
import { PaletteBox } from './palette-box.tsx';
import type { PaletteArea } from './palette-pages.ts';

export interface PaletteProps {
  readonly area: PaletteArea;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The command palette over the page. It brings its own way to the API: pages that are only read have none. */
export default function Palette({ area, isOpen, onOpenChange }: PaletteProps) {
  const t = useTranslations('palette');
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Popup className="fixed inset-x-3 top-3 z-50 flex max-h-[80dvh] flex-col overflow-hidden rounded-panel border border-rule-strong bg-paper sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:w-[560px] sm:-translate-x-1/2">
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <ApiProvider>
            <PaletteBox area={area} onDone={() => onOpenChange(false)} />
          </ApiProvider>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
