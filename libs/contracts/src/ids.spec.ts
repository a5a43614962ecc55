import fc from 'fast-check';
import { OFFERED_CURRENCIES } from './money/currency.js';
import {
  accountIdOf,
  orderIdOf,
  quoteIdOf,
  rateAlertIdOf,
  rateOverrideIdOf,
  systemAccountIdOf,
  SYSTEM_ACCOUNT_KINDS,
  transferIdOf,
  uuidV5,
  webhookEndpointIdOf,
} from './ids.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('uuidV5', () => {
  it('gives the value of RFC 9562, appendix A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('says version 5 and the RFC’s variant, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(uuidV5(DNS, name)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});

describe('name-based ids', () => {
  const customer = '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41';

  // Computed with Python's uuid.uuid5.
  it('are stable for ever: another value here would make every repeat look new', () => {
    expect(transferIdOf(customer, 'rent-2026-10')).toBe('972588a6-786f-5d3c-a830-251628afc512');
    expect(accountIdOf(customer, 'rent-2026-10')).toBe('419ebf29-45ea-5fee-8f4a-443d3234feae');
    expect(quoteIdOf(customer, 'rent-2026-10')).toBe('3b002751-3f8a-5ca2-b143-8be31a0b3f47');
    expect(orderIdOf(customer, 'rent-2026-10')).toBe('a317680a-632b-52b4-a481-03f8cb6e03c6');
    expect(rateAlertIdOf(customer, 'rent-2026-10')).toBe('4b1d0a29-fb0a-58b9-aea2-c6ee530f9f48');
    expect(rateOverrideIdOf(customer, 'rent-2026-10')).toBe('4d412d3d-3499-5c5c-9592-47b366862d78');
    expect(webhookEndpointIdOf(customer, 'rent-2026-10')).toBe('08960320-bb34-52d9-a893-7e3b98a043c9');
    expect(systemAccountIdOf('cash', 'EUR')).toBe('647bcda1-2bd1-563f-a0b0-420d54558f2b');
  });

  it('differ by customer and by key', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.string(), fc.string(), (a, b, key, other) => {
        expect(transferIdOf(a, key) === transferIdOf(b, key)).toBe(a === b);
        expect(transferIdOf(a, key) === transferIdOf(a, other)).toBe(key === other);
        const ids = [
          transferIdOf,
          accountIdOf,
          quoteIdOf,
          orderIdOf,
          rateAlertIdOf,
          rateOverrideIdOf,
          webhookEndpointIdOf,
        ];
        expect(new Set(ids.map((idOf) => idOf(a, key))).size).toBe(ids.length);
      }),
    );
  });

  it('give each system account its own', () => {
    const ids = OFFERED_CURRENCIES.flatMap((currency) =>
      SYSTEM_ACCOUNT_KINDS.map((kind) => systemAccountIdOf(kind, currency)),
    );
    expect(new Set(ids).size).toBe(OFFERED_CURRENCIES.length * SYSTEM_ACCOUNT_KINDS.length);
  });
});
