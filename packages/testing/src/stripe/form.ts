/** A value of a form as Stripe's API takes them: text, lists and objects, as in `a[b][0][c]=d`. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

const namePattern = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

/** Reads form-encoded text, nested names and all. */
export function parseForm(text: string): Form {
  const form: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const match = namePattern.exec(name);
    if (!match) continue;
    const path = [match[1] as string, ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '')];
    put(form, path, value);
  }
  return form;
}

function put(into: Form, path: readonly string[], value: string): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const known = into[name];
  const next = (typeof known === 'object' ? known : Object.create(null)) as Form;
  into[name] = next;
  put(next, rest, value);
}

export function text(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function record(form: Form, name: string): Form {
  const value = form[name];
  return typeof value === 'object' ? (value as Form) : {};
}

/** A list is numbered: `expand[0]=a`. */
export function list(form: Form, name: string): string[] {
  return Object.values(record(form, name)).filter((value) => typeof value === 'string');
}

export function integer(form: Form, name: string): number | undefined {
  const value = text(form, name);
  return value === undefined ? undefined : Number(value);
}
