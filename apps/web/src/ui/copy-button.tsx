'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button, type ButtonLook } from './button.tsx';
import { copyText } from './copy-text.ts';
import { CheckIcon, CopyIcon, WarningIcon } from './icons.tsx';

const answerMs = 2_000;

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for the accessible name. */
  readonly what: string;
  readonly look?: ButtonLook;
  /** The icon alone, where many stand below each other. */
  readonly isCompact?: boolean;
  readonly onCopied?: () => void;
}

/** Copies and answers, visibly and to screen readers. */
export function CopyButton({ text, what, look = 'plain', isCompact = false, onCopied }: CopyButtonProps) {
  const t = useTranslations('common');
  const [answer, setAnswer] = useState<'none' | 'copied' | 'failed'>('none');
  useEffect(() => {
    if (answer === 'none') return;
    const timer = setTimeout(() => setAnswer('none'), answerMs);
    return () => clearTimeout(timer);
  }, [answer]);

  async function copy() {
    const done = await copyText(text);
    setAnswer(done ? 'copied' : 'failed');
    if (done) onCopied?.();
  }

  return (
    <Button look={look} size={isCompact ? 'icon' : 'normal'} onClick={copy} aria-label={t('copyWhat', { what })}>
      {answer === 'copied' ? <CheckIcon /> : answer === 'failed' ? <WarningIcon /> : <CopyIcon />}
      <span aria-hidden="true" className={isCompact ? 'hidden' : undefined}>
        {answer === 'copied' ? t('copied') : answer === 'failed' ? t('copyFailed') : t('copy')}
      </span>
      <span aria-live="polite" className="sr-only">
        {answer === 'copied' ? t('copied') : answer === 'failed' ? t('copyFailed') : ''}
      </span>
    </Button>
  );
}
