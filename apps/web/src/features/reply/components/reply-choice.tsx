'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { locales } from '#i18n/routing.ts';
import { controlClass } from '#ui/control-class.ts';
import { linkClass } from '#ui/link-class.ts';
import { Segmented } from '#ui/segmented.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { byTitle } from '../desk-reply.ts';
import { fillReply } from '../placeholders.ts';
import { type AnswerContext, maxReplyTitleLength } from '../reply.ts';

const skeletonRows = 5;

export interface ReplyChoiceProps {
  readonly context: AnswerContext;
  /** Called with the text, everything filled in. */
  readonly onChoose: (text: string) => void;
}

/** The replies in the customer's language, as they would read; the other language is one press away. */
export function ReplyChoice({ context, onChoose }: ReplyChoiceProps) {
  const t = useTranslations('replies');
  const locale = useLocale();
  const failure = useFailure();
  const list = api.reply.list.useQuery();
  const [language, setLanguage] = useState(context.language);
  const [wanted, setWanted] = useState('');
  if (list.error) return <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />;
  if (list.isPending) return <SkeletonRows rows={skeletonRows} className="h-16" />;
  const values = context.valuesIn(language);
  const written = byTitle(list.data, locale)
    .map(({ id, title, text }) => ({ id, title: textIn(locale, title), text: fillReply(text[language], values) }))
    .filter(({ text }) => text !== '');
  const word = wanted.trim().toLowerCase();
  const shown = written.filter(({ title, text }) => `${title}\n${text}`.toLowerCase().includes(word));
  const nothing = list.data.length === 0 ? 'picker.empty' : written.length === 0 ? 'picker.emptyLanguage' : 'noMatch';
  return (
    <>
      <div className="flex flex-wrap gap-2.5">
        <Segmented
          label={t('picker.language')}
          value={language}
          onChange={setLanguage}
          options={locales.map((value) => ({ value, label: t(`picker.${value}`) }))}
        />
        <input
          type="search"
          aria-label={t('find')}
          placeholder={t('findPlaceholder')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          maxLength={maxReplyTitleLength}
          autoComplete="off"
          className={`${controlClass} min-w-40 flex-1`}
        />
      </div>
      {shown.length === 0 && (
        <p role="status" className="py-6 text-small text-ink-soft">
          {t(nothing)}{' '}
          {list.data.length === 0 && (
            <Link href="/admin/replies" className={linkClass}>
              {t('picker.manage')}
            </Link>
          )}
        </p>
      )}
      <ul className="mt-3 border-t border-rule">
        {shown.map(({ id, title, text }) => (
          <li key={id} className="border-b border-rule">
            <button
              type="button"
              onClick={() => onChoose(text)}
              className="w-full px-2 py-3 text-left -outline-offset-2 hover:bg-sunken"
            >
              <span className="block text-small font-medium">{title}</span>
              <span
                lang={language === 'zh' ? 'zh-Hans' : 'en'}
                className="mt-1 block whitespace-pre-line text-small text-ink-soft wrap-anywhere"
              >
                {text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
