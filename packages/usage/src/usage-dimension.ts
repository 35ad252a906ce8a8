/** What usage is told apart by. */
export const dimensions = ['model', 'apiKey', 'member', 'provider', 'outcome'] as const;
export type Dimension = (typeof dimensions)[number];

interface DimensionSource {
  /** The expression of a dimension's values, as UsageFilter names them. */
  readonly value: string;
  /** What has to stand behind the sums `s` for it. */
  readonly join: string;
}

/** Where the values of a dimension are. */
export const sourceOf: Readonly<Record<Dimension, DimensionSource>> = {
  model: { value: 's.model', join: '' },
  apiKey: { value: 's.api_key_id', join: '' },
  member: { value: `coalesce(k.created_by_user_id, '')`, join: 'LEFT JOIN api_key k ON k.id = s.api_key_id' },
  provider: { value: 's.provider', join: '' },
  outcome: { value: 's.outcome', join: '' },
};

/** Whether a dimension is known only where sums are told apart by who served and how it ended. */
export const isOfOutcome: Readonly<Record<Dimension, boolean>> = {
  ...{ model: false, apiKey: false, member: false },
  ...{ provider: true, outcome: true },
};
