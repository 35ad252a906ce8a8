import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = { good: 'text-good', warn: 'text-warn', bad: 'text-bad', quiet: 'text-ink-faint' } as const;
const shapes = { good: '●', warn: '▲', bad: '■', quiet: '○' } as const;

/** A state as a shape and a word; never by colour alone. */
export function Status({ tone, children }: { readonly tone: keyof typeof tones; readonly children: ReactNode }) {
  return (
    <span className={classNames('inline-flex items-baseline gap-1.5 whitespace-nowrap text-small', tones[tone])}>
      <span aria-hidden="true" className="-translate-y-[0.12em] self-center text-[0.55em]">
        {shapes[tone]}
      </span>
      {children}
    </span>
  );
}
