'use client';

import { useTranslations } from 'next-intl';
import { switchSingleKeys } from '#components/single-keys.ts';
import { useSingleKeys } from '#components/use-single-keys.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { type Deed, deeds, keyOf } from '../triage-key.ts';

export interface KeysHelpProps {
  /** A list of records, or one record's page. */
  readonly place: 'list' | 'record';
  /** What this page does of all there is. */
  readonly offered: readonly Deed[];
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Says which keys there are, and switches them off or on. Its button is there also while they are off. */
export function KeysHelp({ place, offered, isOpen, onOpenChange }: KeysHelpProps) {
  const t = useTranslations('triage');
  const isOn = useSingleKeys();
  const lines = deeds
    .filter((deed) => offered.includes(deed))
    .map((deed) => ({ key: keyOf[deed], does: t(`${place}.${deed}`) }));
  const enter = place === 'list' ? [{ key: 'Enter', does: t('list.open') }] : [];
  return (
    <>
      <Button look="quiet" onClick={() => onOpenChange(true)}>
        {t('button')}
        {isOn && <Key aria-hidden="true">{keyOf.help}</Key>}
      </Button>
      <Dialog open={isOpen} onOpenChange={onOpenChange} title={t('title')} description={t('lead')}>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-small">
          {[...lines.slice(0, 2), ...enter, ...lines.slice(2)].map(({ key, does }) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid items-center">
              <dt>
                <Key>{key}</Key>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-5 border-t border-rule pt-4">
          <Checkbox checked={isOn} onChange={switchSingleKeys}>
            {t('switch')}
          </Checkbox>
          <p className="mt-1 text-caption text-ink-faint">{t('switchHint')}</p>
        </div>
        <DialogActions>
          <Button look="primary" onClick={() => onOpenChange(false)}>
            {t('close')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function Key({ children, ...rest }: { readonly children: string; readonly 'aria-hidden'?: 'true' }) {
  return (
    <kbd {...rest} className="rounded-[3px] border border-rule-strong px-1.5 font-mono text-caption">
      {children}
    </kbd>
  );
}
