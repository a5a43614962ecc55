import fc from 'fast-check';
import pg, { type PoolClient } from 'pg';
import { execute } from './transaction.js';

describe('arrays in binary', () => {
  const client = new pg.Client({ connectionString: process.env.POSTGRES_ADMIN_URL });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  async function rowsOf<T>(sql: string, param: unknown): Promise<T[]> {
    const { rows } = await execute(client as unknown as PoolClient, sql, [param]);
    return (rows as { value: T }[]).map(({ value }) => value);
  }

  /** The elements as PostgreSQL has understood them, as text. */
  const textsOf = (type: string, values: readonly unknown[]) =>
    rowsOf<string | null>(`SELECT value::text FROM unnest($1::${type}[]) AS value`, values);

  /** The same array as pg writes it as text, through a type that is never sent in binary. */
  const textsByText = (type: string, values: readonly unknown[]) =>
    rowsOf<string | null>(`SELECT value::text FROM unnest(($1::varchar[])::${type}[]) AS value`, values);

  const moments = fc
    .date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString());

  const types: [string, fc.Arbitrary<unknown>][] = [
    ['uuid', fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase()))],
    ['text', fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !text.includes('\0'))],
    ['text', fc.constantFrom('', 'NULL', '{}', '"', '\\', 'a,b', ' ', 'Счёт № 7 🏦', 'x'.repeat(200_000))],
    [
      'bigint',
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).chain((n) => fc.constantFrom(n, n.toString())),
    ],
    ['bigint', fc.maxSafeInteger().chain((n) => fc.constantFrom(n, String(n)))],
    ['int', fc.integer()],
    ['smallint', fc.integer({ min: -32_768, max: 32_767 })],
    ['boolean', fc.boolean()],
    ['timestamptz', moments],
    ['jsonb', fc.json()],
  ];

  it.each(types)('of %s say what they say as text', async (type, element) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(element), { maxLength: 40 }), async (values) => {
        expect(await textsOf(type, values)).toEqual(await textsByText(type, values));
      }),
      { numRuns: 40 },
    );
  });

  it('of bytea come back byte by byte', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(bytes)), async (values) => {
        const sql = 'SELECT value FROM unnest($1::bytea[]) AS value';
        expect(await rowsOf(sql, values)).toEqual(values);
      }),
      { numRuns: 40 },
    );
  });

  it('hold more than one buffer takes, and none at all', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `${index} `.repeat(100));
    expect(await textsOf('text', many)).toEqual(many);
    expect(await textsOf('text', [])).toEqual([]);
    expect(await textsOf('uuid', [undefined])).toEqual([null]);
  });

  it.each([
    ['uuid', ['not one']],
    ['uuid', ['0195f4d2-0000-7000-8000-00000000000g']],
    ['uuid', ['0195f4d2-0000-7000-8000-00000000000ı']],
    ['bigint', ['9223372036854775808']],
    ['bigint', ['']],
    ['bigint', [1.5]],
    ['int', [2 ** 31]],
    ['smallint', [40_000]],
    ['timestamptz', ['2026-02-30T00:00:00.000Z']],
    ['timestamptz', ['0000-01-01T00:00:00.000Z']],
    ['timestamptz', ['yesterday evening']],
    ['jsonb', ['{']],
    ['text', ['nul\0']],
  ])('of %s refuse %j as PostgreSQL refuses the text', async (type, values) => {
    await expect(textsOf(type, values)).rejects.toMatchObject({
      severity: 'ERROR',
      code: expect.stringMatching(/^22/),
    });
  });

  it.each([
    ['uuid', ['{0195f4d2-0000-7000-8000-000000000001}']],
    ['uuid', ['0195f4d200007000800000000000000a']],
    ['timestamptz', ['2026-11-27 10:00:00.123456+03', new Date(0)]],
    ['int', ['17', 3]],
    ['boolean', ['yes', false]],
    ['text', [12, true, 5n]],
    ['jsonb', [{ a: 1 }]],
    ['smallint', ['7']],
  ])('of %s take %j, which is not what is usual, as text', async (type, values) => {
    expect(await textsOf(type, values)).toEqual(await textsByText(type, values));
  });
});
