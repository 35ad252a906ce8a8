'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { baseUrlPlaceholder, keyPlaceholder } from '#features/docs/placeholders.ts';
import { Link } from '#i18n/navigation.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Segmented } from '#ui/segmented.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { oneLine, type System, type ToolGuide } from '../tool-guide.ts';
import { GuideFacts, GuideSteps } from './guide-parts.tsx';

export interface ToolSetupProps {
  readonly guides: readonly ToolGuide[];
  readonly workerUrl: string;
  /** A secret that was just made; without one its placeholder stays. */
  readonly apiKey?: string | undefined;
}

/** How to set up each tool, as the docs say it, with this visitor's address and key filled in. */
export function ToolSetup({ guides, workerUrl, apiKey = keyPlaceholder }: ToolSetupProps) {
  const t = useTranslations('gateway');
  const [system, setSystem] = useState<System>('unix');
  const fill = (text: string) => text.replaceAll(baseUrlPlaceholder, workerUrl).replaceAll(keyPlaceholder, apiKey);
  return (
    <Tabs
      label={t('clients')}
      items={guides.map((guide) => ({
        id: guide.id,
        label: t(`client.${guide.id}`),
        content: <Guide guide={guide} system={system} onSystem={setSystem} fill={fill} />,
      }))}
    />
  );
}

interface GuideProps {
  readonly guide: ToolGuide;
  readonly system: System;
  readonly onSystem: (system: System) => void;
  readonly fill: (text: string) => string;
}

function Guide({ guide, system, onSystem, fill }: GuideProps) {
  const t = useTranslations('gateway');
  const isToldApart = guide.parts.some((part) => part.kind === 'code' && part.system !== undefined);
  const line = oneLine(guide);
  return (
    <div className="flex flex-col gap-3">
      {isToldApart && (
        <div>
          <Segmented
            label={t('system')}
            value={system}
            onChange={onSystem}
            options={[
              { value: 'unix', label: 'macOS / Linux' },
              { value: 'windows', label: 'Windows' },
            ]}
          />
        </div>
      )}
      {line !== undefined && system === 'unix' && <CodeBlock title={t('oneLine')} code={fill(line)} />}
      {guide.parts.map((part) => {
        if (part.kind === 'steps') return <GuideSteps key="steps" steps={part.steps} fill={fill} />;
        if (part.kind === 'facts') return <GuideFacts key="facts" rows={part.rows} fill={fill} />;
        if (part.system !== undefined && part.system !== system) return null;
        return <CodeBlock key={part.code} title={part.title || t('place.terminal')} code={fill(part.code)} />;
      })}
      {guide.command !== undefined && <CodeBlock title={t('command')} code={fill(guide.command)} />}
      {guide.verify !== undefined && (line === undefined || system === 'windows') && (
        <CodeBlock title={t('verify')} code={fill(guide.verify)} />
      )}
      <p className="text-small">
        <Link href={guide.path} target="_blank" className={linkClass}>
          {t('more')}
        </Link>
      </p>
    </div>
  );
}
