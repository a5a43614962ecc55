import { Injectable, type PipeTransform } from '@nestjs/common';
import { isOfferedCurrency, OFFERED_CURRENCIES } from '@kopeck/contracts';
import { Problem } from '../http/problem.js';

/** A currency in a path. One the bank doesn't deal in has no rates here, so its address names nothing. */
@Injectable()
export class CurrencyPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (isOfferedCurrency(value)) return value;
    throw new Problem(
      'not_found',
      `There are rates for ${OFFERED_CURRENCIES.join(', ')}, in capital letters, and for no other currency.`,
    );
  }
}
