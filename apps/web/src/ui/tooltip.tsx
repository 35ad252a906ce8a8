'use client';

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

const delayMs = 400;

export interface TooltipProps {
  /** What the control does, in words; the control carries its accessible name itself. */
  readonly text: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One control. */
  readonly children: ReactElement;
}

/** Says what a control without words is for, on hover and on focus. Never the only place where something is said. */
export function Tooltip({ text, side = 'top', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger delay={delayMs} render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="rounded-control bg-ink px-2.5 py-1 text-caption text-paper transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
