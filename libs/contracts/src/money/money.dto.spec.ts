import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { MoneyDto } from './money.dto.js';

function faultsOf(body: unknown): string[] {
  const dto = plainToInstance(MoneyDto, body);
  return validateSync(dto, { whitelist: true, forbidNonWhitelisted: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}).map((words) => `${error.property}: ${words}`),
  );
}

describe('MoneyDto', () => {
  it('takes an amount with its currency’s decimals', () => {
    expect(faultsOf({ amount: '12.30', currency: 'EUR' })).toEqual([]);
    expect(faultsOf({ amount: '12', currency: 'JPY' })).toEqual([]);
    expect(faultsOf({ amount: '12.300', currency: 'KWD' })).toEqual([]);
  });

  it.each([
    [{ amount: 12.3, currency: 'EUR' }, ['amount: amount must be a string such as "1234.50", not a number']],
    [
      { amount: '12.3', currency: 'EUR' },
      ['amount: amount must be a decimal string with exactly 2 decimals for EUR, such as "1234.50"'],
    ],
    [{ amount: '0.00', currency: 'EUR' }, ['amount: amount must be greater than zero']],
    [{ amount: '12.30', currency: 'ABC' }, ['currency: currency must be an ISO 4217 code such as "EUR"']],
    [{ amount: 12.3 }, ['currency: currency must be an ISO 4217 code such as "EUR"']],
    [{ currency: 'JPY' }, ['amount: amount must be a string such as "1234", not a undefined']],
    [{}, ['currency: currency must be an ISO 4217 code such as "EUR"']],
    [{ amount: '1.00', currency: 'EUR', rate: '2' }, ['rate: property rate should not exist']],
  ])('says of %j one thing, in words', (body, faults) => expect(faultsOf(body)).toEqual(faults));

  it('goes to minor units and back', () => {
    const dto = MoneyDto.of(-123_450n, 'EUR');
    expect(dto).toEqual({ amount: '-1234.50', currency: 'EUR' });
    expect(MoneyDto.toMoney(MoneyDto.of(5n, 'KWD'))).toEqual({ amountMinor: 5n, currency: 'KWD' });
  });

  it('refuses to convert what was not validated', () => {
    expect(() => MoneyDto.toMoney({ amount: '1', currency: 'EUR' })).toThrow(/not validated/);
  });
});
