'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '#components/permissions.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ReplyIcon } from '#ui/icons.tsx';
import { insertReply } from '../insert-reply.ts';
import type { AnswerContext } from '../reply.ts';
import { ReplyChoice } from './reply-choice.tsx';

export interface ReplyPickerProps {
  /** What stands in the field now. */
  readonly typed: string;
  readonly maxLength: number;
  readonly context: AnswerContext;
  /** Called with the field's new text. */
  readonly onInsert: (text: string) => void;
}

/** Puts a kept reply into a field, behind what was typed. */
export function ReplyPicker({ typed, maxLength, context, onInsert }: ReplyPickerProps) {
  const t = useTranslations('replies.picker');
  const mayRead = useMay('reply.read');
  const [isOpen, setOpen] = useState(false);
  const [excess, setExcess] = useState(0);
  if (!mayRead) return null;

  function choose(reply: string) {
    const insertion = insertReply(typed, reply, maxLength);
    setExcess(insertion.excess ?? 0);
    if (insertion.text === undefined) return;
    onInsert(insertion.text);
    setOpen(false);
  }

  return (
    <>
      <Button look="quiet" className="self-start" onClick={() => setOpen(true)}>
        <ReplyIcon />
        {t('open')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          setOpen(open);
          setExcess(0);
        }}
        title={t('title')}
        description={t('lead')}
      >
        {excess > 0 && (
          <p role="alert" className="mb-3 border-l-2 border-bad pl-3 text-small">
            {t('excess', { count: excess })}
          </p>
        )}
        <ReplyChoice context={context} onChoose={choose} />
      </Dialog>
    </>
  );
}
