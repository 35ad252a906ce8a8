'use client';

import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import type { Theme } from '../theme.ts';

export interface ThemeChoiceProps {
  readonly trigger: ReactElement;
  readonly theme: Theme;
  readonly icons: Readonly<Record<Theme, ReactNode>>;
  readonly onChoose: (value: string) => void;
}

/** The menu behind the theme's button, open. */
export function ThemeChoice({ trigger, theme, icons, onChoose }: ThemeChoiceProps) {
  const t = useTranslations('shell.theme');
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(value),
    icon: icons[value],
  }));
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuChoice label={t('label')} value={theme} onChange={onChoose} options={options} />
    </Menu>
  );
}
