import { registerDecorator, type ValidationArguments } from 'class-validator';
import { formatAmount, parseAmount, type Money } from './money.js';

/** Money as REST and pages carry it: `{"amount":"1234.50","currency":"EUR"}`. */
export class MoneyDto {
  /** Decimal string with exactly the currency's decimals; a JSON number is refused. */
  @IsAmount()
  amount: string;

  /** ISO 4217 code. Checked together with the amount, whose decimals depend on it. */
  @IsCurrency()
  currency: string;

  /** Only for a DTO that passed validation. */
  static toMoney(dto: MoneyDto): Money {
    const parsed = parseAmount(dto.amount, dto.currency);
    if (!parsed.ok) throw new Error(`MoneyDto was not validated: ${parsed.fault.detail}`);
    return parsed.money;
  }

  static of(amountMinor: bigint, currency: string): MoneyDto {
    return Object.assign(new MoneyDto(), { amount: formatAmount(amountMinor, currency), currency });
  }
}

function IsAmount(): PropertyDecorator {
  return moneyRule('isAmount', (dto) => {
    const parsed = parseAmount(dto.amount, dto.currency);
    // An unknown currency is reported once, beside `currency`.
    return parsed.ok || parsed.fault.code === 'unknown_currency' ? null : parsed.fault.detail;
  });
}

function IsCurrency(): PropertyDecorator {
  return moneyRule('isCurrency', (dto) => {
    const parsed = parseAmount('0', dto.currency);
    return !parsed.ok && parsed.fault.code === 'unknown_currency' ? parsed.fault.detail : null;
  });
}

function moneyRule(name: string, check: (dto: MoneyDto) => string | null): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (_value: unknown, args?: ValidationArguments) => check(args?.object as MoneyDto) === null,
        defaultMessage: (args?: ValidationArguments) => check(args?.object as MoneyDto) ?? '',
      },
    });
}
