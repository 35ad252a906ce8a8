'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { maxTextCharacters } from '../form.ts';
import type { Turn } from '../request.ts';

export interface TurnFieldsProps {
  readonly turns: readonly Turn[];
  readonly onChange: (turns: readonly Turn[]) => void;
}

/** The conversation as it is sent: what was said before can be changed. */
export function TurnFields({ turns, onChange }: TurnFieldsProps) {
  const t = useTranslations('playground');
  const isConversation = turns.length > 1;
  return (
    <>
      {turns.map(({ role, text }, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only added at the end and cut off there
          key={index}
          label={isConversation ? t(`turn.${role}`, { number: Math.floor(index / 2) + 1 }) : t('message')}
        >
          <TextArea
            rows={index === turns.length - 1 ? 5 : 3}
            maxLength={maxTextCharacters}
            required
            value={text}
            onChange={(event) =>
              onChange(turns.map((turn, at) => (at === index ? { ...turn, text: event.target.value } : turn)))
            }
          />
        </Field>
      ))}
      {isConversation && (
        <div>
          <Button look="quiet" onClick={() => onChange([{ role: 'user', text: '' }])}>
            {t('startOver')}
          </Button>
        </div>
      )}
    </>
  );
}
