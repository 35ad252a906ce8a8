'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonClass } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { DeleteAccountDialog } from './delete-account-dialog.tsx';

/** What is stored of oneself: to take along, and to have erased. */
export function DataSection() {
  const t = useTranslations('settings');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Section
        title={t('data.title')}
        actions={
          <a href="/api/account/data.zip" download className={buttonClass()}>
            {t('data.download')}
          </a>
        }
      >
        <p className="max-w-2xl text-small text-ink-soft">
          {t('data.lead')} {t('data.requests')}
        </p>
      </Section>
      <Section
        title={t('deletion.title')}
        actions={
          <Button look="danger" onClick={() => setIsOpen(true)}>
            {t('deletion.action')}
          </Button>
        }
      >
        <p className="max-w-2xl text-small text-ink-soft">{t('deletion.lead')}</p>
      </Section>
      {isOpen && <DeleteAccountDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
