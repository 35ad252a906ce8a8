'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { buttonClass } from '#ui/button.tsx';
import { MoonIcon, ScreenIcon, SunIcon } from '#ui/icons.tsx';
import { chooseTheme, type Theme } from '../theme.ts';

const icons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };
const loadChoice = () => import('./theme-choice.tsx');
const ThemeChoice = lazy(loadChoice);

/** Chooses the theme. The menu itself comes with the first press, so that pages to be read stay light. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const t = useTranslations('shell');
  const [theme, setTheme] = useState(initial);
  const [isWanted, setIsWanted] = useState(false);

  function choose(next: Theme) {
    chooseTheme(next);
    setTheme(next);
  }

  const button = (
    <button
      type="button"
      className={buttonClass('quiet', 'icon')}
      aria-label={t('theme.label')}
      aria-haspopup="menu"
      onPointerEnter={loadChoice}
      onFocus={loadChoice}
      onClick={() => setIsWanted(true)}
    >
      {icons[theme]}
    </button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <ThemeChoice trigger={button} theme={theme} onChoose={choose} />
    </Suspense>
  );
}
