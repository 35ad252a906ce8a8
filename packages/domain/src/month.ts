/** A calendar month in UTC, YYYY-MM. Texts of months sort as the months do. */
export type Month = `${number}-${number}`;

const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A month from an address, where anyone may have typed anything; undefined where it is none. */
export function readMonth(text: string): Month | undefined {
  return monthPattern.test(text) ? (text as Month) : undefined;
}

/** The month that a moment lies in. */
export function monthOf(at: Date): Month {
  return at.toISOString().slice(0, 7) as Month;
}

/** When a month begins, and when the next one does: it has all moments from the first to before the second. */
export function monthSpan(month: Month): { readonly from: Date; readonly to: Date } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1, 1)), to: new Date(Date.UTC(year, number, 1)) };
}

/** All months from the one to the other, both included, the latest first. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = last; month >= first; month = monthBefore(month)) months.push(month);
  return months;
}

function monthBefore(month: Month): Month {
  return monthOf(new Date(monthSpan(month).from.getTime() - 1));
}
