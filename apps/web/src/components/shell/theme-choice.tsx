'use client';

import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { MoonIcon, ScreenIcon, SunIcon } from '#ui/icons.tsx';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import { readTheme, type Theme, themes } from '../theme.ts';

const icons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export interface ThemeChoiceProps {
  readonly trigger: ReactElement;
  readonly theme: Theme;
  readonly onChoose: (theme: Theme) => void;
}

/** The opened menu of themes. A part of its own, so that pages that are only read do not load menus before one is wanted. */
export default function ThemeChoice({ trigger, theme, onChoose }: ThemeChoiceProps) {
  const t = useTranslations('shell');
  const options = themes.map((value) => ({ value, label: t(`theme.${value}`), icon: icons[value] }));
  return (
    <Menu trigger={trigger} isOpenAtFirst>
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        onChange={(value) => onChoose(readTheme(value))}
        options={options}
      />
    </Menu>
  );
}
