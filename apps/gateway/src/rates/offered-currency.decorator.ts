import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { OFFERED_CURRENCIES } from '@kopeck/contracts';
import { IsIn, IsOptional } from 'class-validator';

const CURRENCIES = OFFERED_CURRENCIES.join(', ');

/** A field or parameter that names one of the bank's currencies. */
export function OfferedCurrency({
  required = true,
  description,
  example,
}: {
  required?: boolean;
  description?: string;
  example?: string;
} = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: OFFERED_CURRENCIES, required, description, ...(example && { example }) }),
    ...(required ? [] : [IsOptional()]),
    IsIn(OFFERED_CURRENCIES, { message: ({ property }) => offeredCurrencyFault(property) }),
  ) as PropertyDecorator;
}

export function offeredCurrencyFault(field: string): string {
  return `${field} must be one of ${CURRENCIES}`;
}
