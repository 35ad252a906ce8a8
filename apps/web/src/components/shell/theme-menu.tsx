'use client';

import { useTranslations } from 'next-intl';
import { type ComponentType, useState } from 'react';
import { buttonClass } from '#ui/button.tsx';
import { MoonIcon, ScreenIcon, SunIcon } from '#ui/icons.tsx';
import { chooseTheme, readTheme, type Theme } from '../theme.ts';
import type { ThemeChoiceProps } from './theme-choice.tsx';

const icons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };

/** Chooses the theme. The menu itself comes with the first press, so that pages to be read stay light. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const t = useTranslations('shell.theme');
  const [theme, setTheme] = useState(initial);
  const [Choice, setChoice] = useState<ComponentType<ThemeChoiceProps>>();
  const button = { type: 'button', className: buttonClass('quiet', 'icon'), 'aria-label': t('label') } as const;

  function choose(value: string) {
    const next = readTheme(value);
    chooseTheme(next);
    setTheme(next);
  }

  async function open() {
    const { ThemeChoice } = await import('./theme-choice.tsx');
    setChoice(() => ThemeChoice);
  }

  if (Choice)
    return <Choice trigger={<button {...button}>{icons[theme]}</button>} {...{ theme, icons }} onChoose={choose} />;
  return (
    <button {...button} aria-haspopup="menu" aria-expanded={false} onClick={open}>
      {icons[theme]}
    </button>
  );
}
