import type { ArgumentMetadata, Type } from '@nestjs/common';
import { accountNumberOf, formatAccountNumber, quickCheckOf } from '@kopeck/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { CreateTransferBody, ListTransfersQuery } from '../transfers/transfer.dto.js';
import { Problem } from './problem.js';
import { RequestPipe } from './request.pipe.js';

const pipe = new RequestPipe();
const read = (value: unknown, metatype: Type = CreateTransferBody, type: ArgumentMetadata['type'] = 'body') =>
  pipe.transform(value, { type, metatype });

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('expected a problem');
}

const GOOD = {
  debitAccountId: 'C07DF4A7-7A5D-5A3F-8F4E-0B7A0D5A2C11',
  creditAccountNumber: formatAccountNumber(accountNumberOf(12_345_678n)).toLowerCase(),
  instructedAmount: { amount: '12.30', currency: 'EUR' },
};

describe('a transfer body', () => {
  it('is read into its stored form', () => {
    const body = read(GOOD) as CreateTransferBody;
    expect(body.creditAccountNumber).toBe(accountNumberOf(12_345_678n));
    expect(body.debitAccountId).toBe(GOOD.debitAccountId.toLowerCase());
  });

  it.each([
    ['a number', { amount: 12.3, currency: 'EUR' }, '/amount', /must be a string such as "1234\.50"/],
    ['too many decimals', { amount: '12.345', currency: 'EUR' }, '/amount', /exactly 2 decimals/],
    ['decimals of a yen', { amount: '12.30', currency: 'JPY' }, '/amount', /exactly 0 decimals/],
    ['zero', { amount: '0.00', currency: 'EUR' }, '/amount', /greater than zero/],
    ['a negative amount', { amount: '-1.00', currency: 'EUR' }, '/amount', /decimal string/],
    ['an exponent', { amount: '1e3', currency: 'JPY' }, '/amount', /decimal string/],
    ['an unknown currency', { amount: '1.00', currency: 'XXZ' }, '/currency', /ISO 4217/],
    ['no currency', { amount: '1.00' }, '/currency', /ISO 4217/],
    ['too much', { amount: '9999999999999999', currency: 'JPY' }, '/amount', /at most/],
    ['an unknown field inside', { amount: '1.00', currency: 'EUR', tip: '1' }, '/tip', /not a field/],
  ])('refuses %s and says where', (_, instructedAmount, pointer, words) => {
    const problem = problemOf(() => read({ ...GOOD, instructedAmount }));
    expect(problem.code).toBe('validation_failed');
    expect(problem.errors).toEqual([
      { pointer: `#/instructedAmount${pointer}`, detail: expect.stringMatching(words) as string },
    ]);
  });

  it.each([
    ['an unknown field', { extra: 1 }, '#/extra'],
    ['a mistyped number', { creditAccountNumber: 'QP00KPCK000012345678' }, '#/creditAccountNumber'],
    ['no account id', { debitAccountId: 7 }, '#/debitAccountId'],
    ['money as a list', { instructedAmount: [] }, '#/instructedAmount'],
    ['money as text', { instructedAmount: '12.30 EUR' }, '#/instructedAmount'],
    ['a line break', { reference: 'a\nb' }, '#/reference'],
    ['a long reference', { reference: 'a'.repeat(141) }, '#/reference'],
    ['a reference that is no text', { reference: { toString: 'x' } }, '#/reference'],
    ['a field with a slash', { 'a/b~c': 1 }, '#/a~1b~0c'],
  ])('refuses %s', (_, change, pointer) => {
    const problem = problemOf(() => read({ ...GOOD, ...change }));
    expect(problem.errors?.map((fault) => fault.pointer)).toContain(pointer);
  });

  it.each([null, [], 'text', 7, true, undefined])('refuses %j for a body', (body) => {
    expect(problemOf(() => read(body)).errors?.[0]?.pointer).toBe('#');
  });

  it('refuses a body nested so deeply that reading it overflows the stack', () => {
    const deep: unknown = JSON.parse('['.repeat(30_000) + ']'.repeat(30_000));
    expect(problemOf(() => read({ ...GOOD, deep })).code).toBe('validation_failed');
  });

  it('lists at most twenty faults', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
    const problem = problemOf(() => read({ ...GOOD, ...many }));
    expect(problem.errors).toHaveLength(20);
    expect(problem.detail).toMatch(/^500 mistakes/);
  });
});

describe('a body that is surely right', () => {
  const moneys = fc.oneof(
    { weight: 4, arbitrary: fc.constant(GOOD.instructedAmount) },
    fc.record(
      {
        amount: fc.oneof(fc.constantFrom('1.00', '1', '-1.00', '0.00'), fc.jsonValue()),
        currency: fc.oneof(fc.constantFrom('EUR', 'JPY', 'eur'), fc.jsonValue()),
        tip: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  );
  const fields = fc.record(
    {
      debitAccountId: fc.oneof({ weight: 4, arbitrary: fc.constant(GOOD.debitAccountId) }, fc.jsonValue()),
      creditAccountNumber: fc.oneof(
        { weight: 4, arbitrary: fc.constant(GOOD.creditAccountNumber) },
        fc.jsonValue(),
      ),
      instructedAmount: moneys,
      reference: fc.oneof(fc.constantFrom('Rent', null, '', 'a\nb'), fc.jsonValue()),
      endToEndId: fc.oneof(fc.constantFrom('E2E-1', null), fc.jsonValue()),
    },
    { requiredKeys: ['debitAccountId', 'creditAccountNumber', 'instructedAmount'] },
  );

  const unknown = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc.dictionary(fc.constantFrom('extra', '__proto__', 'constructor'), fc.jsonValue(), { minKeys: 1 }),
  );

  it('is one for class-validator, too, and no other is', () => {
    let taken = 0;
    const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
    const check = quickCheckOf(CreateTransferBody, { knownFieldsOnly: true, nested: true })!;
    fc.assert(
      fc.property(fields, unknown, (known, more) => {
        const instance = plainToInstance(CreateTransferBody, { ...known, ...more });
        const isQuick = check(instance as unknown as Record<string, unknown>);
        expect(isQuick).toBe(validateSync(instance, options).length === 0);
        taken += isQuick ? 1 : 0;
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

describe('a query string', () => {
  it('becomes numbers with defaults', () => {
    expect(read({ limit: '7', status: 'failed' }, ListTransfersQuery, 'query')).toEqual({
      limit: 7,
      status: 'failed',
      cursor: undefined,
    });
    expect((read({}, ListTransfersQuery, 'query') as ListTransfersQuery).limit).toBe(50);
  });

  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: 'ten' },
    { limit: ['1', '2'] },
    { page: '2' },
    { status: 'x' },
  ])('refuses %j by name', (query) => {
    const [fault] = problemOf(() => read(query, ListTransfersQuery, 'query')).errors ?? [];
    expect(fault?.parameter).toBe(Object.keys(query)[0]);
  });
});
