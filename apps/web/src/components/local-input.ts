/** A moment as an input of a date and a time has it, in the reader's own zone; '' = none. */
export function localInputText(at: Date | null): string {
  if (!at) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** null: none; undefined: no moment. */
export function readMoment(text: string): Date | null | undefined {
  if (text === '') return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
