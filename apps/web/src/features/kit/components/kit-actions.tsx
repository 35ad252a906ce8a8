'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { MoreIcon, PlusIcon } from '#ui/icons.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Menu, MenuItem } from '#ui/menu.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { useToast } from '#ui/toast.tsx';
import { Tooltip } from '#ui/tooltip.tsx';

const looks = ['primary', 'plain', 'quiet', 'danger'] as const;

/** What is pressed, and what it opens. */
export function KitActions() {
  const t = useTranslations('kit');
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="flex flex-col gap-5">
      {([{}, { busy: true }, { disabled: true }] as const).map((state) => (
        <div key={Object.keys(state).join()} className="flex flex-wrap gap-2.5">
          {looks.map((look) => (
            <Button key={look} look={look} {...state}>
              {t(`look.${look}`)}
            </Button>
          ))}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2.5">
        <Tooltip text={t('add')}>
          <Button size="icon" aria-label={t('add')}>
            <PlusIcon />
          </Button>
        </Tooltip>
        <CopyButton text="gpt-4o" what="gpt-4o" />
        <CopyButton text="gpt-4o" what="gpt-4o-mini" look="quiet" isCompact />
        <Menu
          trigger={
            <Button look="quiet" size="icon" aria-label={t('menu')}>
              <MoreIcon />
            </Button>
          }
        >
          <MenuItem>{t('look.plain')}</MenuItem>
          <MenuItem danger>{t('look.danger')}</MenuItem>
        </Menu>
        <RowMenu label={t('rowMenu')}>
          <MenuItem>{t('look.plain')}</MenuItem>
        </RowMenu>
        <a href="#kit" className={linkClass}>
          {t('link')}
        </a>
      </div>
      <div className="flex flex-wrap gap-2.5">
        <Button onClick={() => setIsOpen(true)}>{t('openDialog')}</Button>
        <Button onClick={() => toast({ title: t('toast.title'), description: t('toast.body') })}>
          {t('showToast')}
        </Button>
        <Button onClick={() => toast({ title: t('toast.failed'), type: 'error' })}>{t('showFailure')}</Button>
      </div>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={t('dialog.title')} description={t('dialog.body')}>
        <DialogActions>
          <Button onClick={() => setIsOpen(false)}>{t('look.plain')}</Button>
          <Button look="danger" onClick={() => setIsOpen(false)}>
            {t('look.danger')}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
