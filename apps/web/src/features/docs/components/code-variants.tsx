import { useTranslations } from 'next-intl';
import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import { CodeTab, CodeTabs } from './code-tabs.tsx';

export interface CodeVariantsProps {
  readonly groupId?: string;
  readonly children?: ReactNode;
}

/** Blocks that say the same for several systems or languages, as they stand in MDX. */
export function CodeVariants({ groupId, children }: CodeVariantsProps) {
  const t = useTranslations('docs');
  const panels = Children.toArray(children).filter(
    (child): child is ReactElement<{ value: string }> => isValidElement(child) && child.type === CodeTab,
  );
  return (
    <CodeTabs groupId={groupId} tabs={panels.map(({ props }) => props.value)} label={t('variants')}>
      {panels}
    </CodeTabs>
  );
}
