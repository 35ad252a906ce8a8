'use client';

import { useTranslations } from 'next-intl';
import type { Answer } from '../answer.ts';

const rawClass = 'max-h-96 overflow-auto rounded-panel border border-rule bg-sheet p-3 font-mono text-caption';

/** The stream's events as they came, as plain text. */
export function RawEvents({ answer }: { readonly answer: Answer }) {
  const t = useTranslations('playground');
  const left = answer.eventCount - answer.events.length;
  if (answer.eventCount === 0) return <p className="text-small text-ink-faint">{t('noEvents')}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div tabIndex={0} className={rawClass}>
        <ol aria-label={t('rawLabel')}>
          {answer.events.map(({ number, name, data }) => (
            <li key={number} className="border-b border-rule py-1 whitespace-pre-wrap break-all last:border-b-0">
              {name !== undefined && <span className="text-ink-faint">{`${name} `}</span>}
              {data}
            </li>
          ))}
        </ol>
      </div>
      {left > 0 && <p className="mt-2 text-caption text-ink-faint">{t('eventsLeft', { count: left })}</p>}
    </>
  );
}
