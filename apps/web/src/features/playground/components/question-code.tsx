'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '#ui/code-block.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { codeLanguages, codeText } from '../code-text.ts';
import type { Question } from '../request.ts';

const names = { curl: 'curl', python: 'Python', node: 'Node' } as const;

/** The question as code that asks the same; the key is left to whoever pastes it. */
export function QuestionCode({ question, workerUrl }: { readonly question: Question; readonly workerUrl: string }) {
  const t = useTranslations('playground');
  return (
    <Tabs
      label={t('code.title')}
      items={codeLanguages.map((language) => ({
        id: language,
        label: names[language],
        content: <CodeBlock title={names[language]} code={codeText(language, question, workerUrl)} />,
      }))}
    />
  );
}
