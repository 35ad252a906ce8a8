import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutCharges } from './cut-charges.ts';
import { settlement } from './settlement.fixture.ts';

const id = fc.stringMatching(/^[a-z]{3}_[0-9a-z:-]{1,22}$/);
const record = fc
  .record({ request: id, organization: id, charge: fc.bigInt(0n, 10n ** 18n), text: fc.string({ unit: 'binary' }) })
  .chain(({ request, organization, charge, text }) => {
    const whole = { ...settlement(request, organization, charge), modelRequested: text, errorCode: text };
    return fc
      .shuffledSubarray(Object.entries(whole), { minLength: Object.keys(whole).length })
      .map((fields) => Object.fromEntries(fields) as unknown as ReturnType<typeof settlement>);
  });

test('cuts out of any records, in any order of fields, what parsing them would find', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), fc.constantFrom(undefined, 2), (records, indent) => {
      const charged = records.filter((one) => BigInt(one.chargeNanoUsd) > 0n);
      expect(cutCharges(JSON.stringify(records, undefined, indent))).toEqual({
        requestIds: charged.map((one) => one.requestId),
        organizationIds: charged.map((one) => one.organizationId),
        amountsNanoUsd: charged.map((one) => one.chargeNanoUsd),
      });
    }),
  );
});

test.each([
  ['a charge that is no string', { ...settlement('req_1', 'org_1', 1n), chargeNanoUsd: 1 }],
  ['no organization', { ...settlement('req_1', 'org_1', 1n), organizationId: undefined }],
  ['no request', { ...settlement('req_1', 'org_1', 1n), requestId: undefined }],
])('a record with %s is refused, not passed over', (_, broken) => {
  expect(() => cutCharges(JSON.stringify([broken]))).toThrow(/lacks/);
  expect(() => cutCharges(JSON.stringify([broken, settlement('req_2', 'org_1', 1n)]))).toThrow(/lacks/);
});
