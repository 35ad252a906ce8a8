/** For tests: what is wrong with a JSON value, as `path: problem`. Objects are closed: a field that is not named is wrong. */
export type Shape = (value: unknown, path: string, problems: string[]) => void;

type Fields = Readonly<Record<string, Shape>>;

export const anything: Shape = () => {};

export const text =
  (pattern?: RegExp): Shape =>
  (value, path, problems) => {
    if (typeof value !== 'string') problems.push(`${path}: must be a text`);
    else if (pattern && !pattern.test(value)) problems.push(`${path}: ${JSON.stringify(value)} is not ${pattern}`);
  };

/** A text that says something. */
export const words = text(/\S/);

export const flag: Shape = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push(`${path}: must be true or false`);
};

export const number =
  (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Shape =>
  (value, path, problems) => {
    if (typeof value !== 'number' || value < least || value > most) {
      problems.push(`${path}: must be a number from ${least} to ${most}`);
    }
  };

export const whole =
  (least = 0): Shape =>
  (value, path, problems) => {
    if (!Number.isSafeInteger(value) || (value as number) < least)
      problems.push(`${path}: must be whole, from ${least}`);
  };

export const one =
  (...allowed: readonly unknown[]): Shape =>
  (value, path, problems) => {
    if (!allowed.includes(value)) problems.push(`${path}: ${JSON.stringify(value)} is none of ${allowed.join(', ')}`);
  };

export const list =
  (inner: Shape, least = 0, most = Number.POSITIVE_INFINITY): Shape =>
  (value, path, problems) => {
    if (!Array.isArray(value)) problems.push(`${path}: must be a list`);
    else if (value.length < least || value.length > most) problems.push(`${path}: ${value.length} entries`);
    else for (const [index, entry] of value.entries()) inner(entry, `${path}.${index}`, problems);
  };

export const object =
  (required: Fields, optional: Fields = {}): Shape =>
  (value, path, problems) => {
    if (!isObject(value)) return void problems.push(`${path}: must be an object`);
    for (const key of Object.keys(required)) if (!(key in value)) problems.push(`${path}.${key}: is missing`);
    for (const [key, inner] of Object.entries(value)) {
      const shape = required[key] ?? optional[key];
      if (shape) shape(inner, `${path}.${key}`, problems);
      else problems.push(`${path}.${key}: is unknown`);
    }
  };

/** An object with any fields. */
export const map: Shape = (value, path, problems) => {
  if (!isObject(value)) problems.push(`${path}: must be an object`);
};

/** Objects of several kinds, told apart by one field. */
export const kinds =
  (field: string, shapes: Readonly<Record<string, readonly [required: Fields, optional?: Fields]>>): Shape =>
  (value, path, problems) => {
    const kind = isObject(value) ? value[field] : undefined;
    const shape = shapes[String(kind)];
    if (!shape) return void problems.push(`${path}.${field}: ${JSON.stringify(kind)} is unknown`);
    object({ [field]: anything, ...shape[0] }, shape[1])(value, path, problems);
  };

/** A text, or else this. */
export const textOr =
  (shape: Shape): Shape =>
  (value, path, problems) => {
    if (typeof value !== 'string') shape(value, path, problems);
  };

/** Objects with exactly one of these fields, besides those that any may have. */
export const union =
  (shapes: Fields, shared: Fields = {}): Shape =>
  (value, path, problems) => {
    if (!isObject(value)) return void problems.push(`${path}: must be an object`);
    const named = Object.keys(shapes).filter((key) => key in value);
    if (named.length !== 1) problems.push(`${path}: has ${named.length} of ${Object.keys(shapes).join(', ')}`);
    object({}, { ...shapes, ...shared })(value, path, problems);
  };

/** A JSON Schema of an object, at least at its root. */
export const objectSchema: Shape = (value, path, problems) => {
  if (!isObject(value) || value['type'] !== 'object') problems.push(`${path}: must be a schema of type object`);
};

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
