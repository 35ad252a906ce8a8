'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { buttonClass } from '#ui/button.tsx';
import { MoonIcon, ScreenIcon, SunIcon } from '#ui/icons.tsx';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import { chooseTheme, readTheme, type Theme } from '../theme.ts';

const icons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const t = useTranslations('shell');
  const [theme, setTheme] = useState(initial);
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(`theme.${value}`),
    icon: icons[value],
  }));

  function choose(value: string) {
    const next = readTheme(value);
    chooseTheme(next);
    setTheme(next);
  }

  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass('quiet', 'icon')} aria-label={t('theme.label')}>
          {icons[theme]}
        </button>
      }
    >
      <MenuChoice label={t('theme.label')} value={theme} onChange={choose} options={options} />
    </Menu>
  );
}
