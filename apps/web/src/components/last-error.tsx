import { LocalTime } from './local-time.tsx';

export interface LastErrorProps {
  readonly error: string | undefined;
  readonly at: Date | undefined;
}

/** What went wrong last and when, in a line. */
export function LastError({ error, at }: LastErrorProps) {
  return (
    <>
      {at && (
        <span className="text-ink-faint">
          <LocalTime at={at} precision="second" />{' '}
        </span>
      )}
      {error ?? '–'}
    </>
  );
}
