'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { copyText } from '#ui/copy-text.ts';
import { CheckIcon, CopyIcon, WarningIcon } from '#ui/icons.tsx';

type Answer = 'none' | 'copied' | 'failed';
const icons = { none: <CopyIcon />, copied: <CheckIcon />, failed: <WarningIcon /> };

/** Copies the page's Markdown, as its twin at `.md` has it. */
export function CopyPage({ markdownPath }: { readonly markdownPath: string }) {
  const t = useTranslations('docs');
  const [answer, setAnswer] = useState<Answer>('none');
  const [busy, setBusy] = useState(false);

  async function copy() {
    setBusy(true);
    const markdown = await fetch(markdownPath)
      .then((response) => (response.ok ? response.text() : undefined))
      .catch(() => undefined);
    setAnswer(markdown !== undefined && (await copyText(markdown)) ? 'copied' : 'failed');
    setBusy(false);
  }

  return (
    <Button look="plain" busy={busy} onClick={copy}>
      {icons[answer]}
      <span aria-live="polite">{t(`copyPage.${answer}`)}</span>
    </Button>
  );
}
