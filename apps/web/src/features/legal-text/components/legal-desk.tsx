'use client';

import { useTranslations } from 'next-intl';
import { PageHead } from '#ui/section.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { legalDocuments } from '../legal-text.ts';
import { LegalEditor } from './legal-editor.tsx';

/** Terms and privacy, each with its versions. */
export function LegalDesk() {
  const t = useTranslations('legal');
  const tabs = legalDocuments.map((document) => ({
    id: document,
    label: t(`title.${document}`),
    content: <LegalEditor document={document} />,
  }));
  return (
    <>
      <PageHead title={t('desk.title')} lead={t('desk.lead')} />
      <Tabs label={t('desk.title')} items={tabs} />
    </>
  );
}
