/** What capturing needs of a batch of settlement records, as parallel lists. */
export interface Charges {
  readonly requestIds: string[];
  readonly organizationIds: string[];
  /** Positive amounts in decimal; records without a charge are left out. */
  readonly amountsNanoUsd: string[];
}

// A quote inside a JSON string is always escaped, so these names in bare quotes before a colon can only be keys, and no
// object inside a record has keys of these names.
const field = /"(requestId|organizationId|chargeNanoUsd)"\s*:\s*"([^"\\\n]*)"/g;

/**
 * Cuts three fields out of the JSON text of many records. Parsing the whole of every record would cost more than all
 * other work of capturing it, in the database (most of all) or here.
 * @throws when a record lacks one of the fields: a charge must not get lost in silence
 */
export function cutCharges(records: string): Charges {
  const charges: Charges = { requestIds: [], organizationIds: [], amountsNanoUsd: [] };
  let record: Record<string, string> = {};
  let found = 0;
  for (const match of records.matchAll(field)) {
    const name = match[1] as string;
    if (name in record) throw new Error(`a settlement record has ${name} twice, or lacks another field`);
    record[name] = match[2] as string;
    if (++found < 3) continue;
    if (/^0*[1-9]\d*$/.test(record['chargeNanoUsd'] as string)) {
      charges.requestIds.push(record['requestId'] as string);
      charges.organizationIds.push(record['organizationId'] as string);
      charges.amountsNanoUsd.push(record['chargeNanoUsd'] as string);
    }
    record = {};
    found = 0;
  }
  if (found > 0) throw new Error('a settlement record lacks its request, organization or charge');
  return charges;
}
