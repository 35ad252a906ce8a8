/** One line of a channel's list of models, as it is typed. */
export interface ModelRow {
  readonly publicId: string;
  readonly upstreamId: string;
}

const all = '*';

export interface ModelsForm {
  /** Everything that the provider has here, besides what is listed. */
  readonly servesAll: boolean;
  readonly rows: readonly ModelRow[];
}

export function modelsForm(models: Readonly<Record<string, string>>): ModelsForm {
  const rows = Object.entries(models).filter(([id]) => id !== all);
  return { servesAll: all in models, rows: rows.map(([publicId, upstreamId]) => ({ publicId, upstreamId })) };
}

/** The map that is stored; a line without an upstream id means the same id there. */
export function modelsOf({ servesAll, rows }: ModelsForm): Record<string, string> {
  const listed = rows.flatMap(({ publicId, upstreamId }): [string, string][] => {
    const id = publicId.trim();
    return id ? [[id, upstreamId.trim() || id]] : [];
  });
  return Object.fromEntries([...(servesAll ? [[all, all] as const] : []), ...listed]);
}

/** Adds lines; where a public id is there already, the new line takes its place. */
export function withRows(form: ModelsForm, added: readonly ModelRow[]): ModelsForm {
  const rows = new Map(form.rows.map((row) => [row.publicId, row]));
  for (const row of added) rows.set(row.publicId, row);
  return { servesAll: false, rows: [...rows.values()] };
}
