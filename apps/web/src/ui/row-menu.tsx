'use client';

import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { MoreIcon } from './icons.tsx';
import { Menu } from './menu.tsx';

export interface RowMenuProps {
  /** Names the record, as many rows have such a button. */
  readonly label: string;
  readonly children: ReactNode;
}

/** What can be done with the record of a row. */
export function RowMenu({ label, children }: RowMenuProps) {
  const trigger = (
    <button type="button" className={buttonClass('quiet', 'icon')} aria-label={label}>
      <MoreIcon />
    </button>
  );
  return <Menu trigger={trigger}>{children}</Menu>;
}
