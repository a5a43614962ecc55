import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { MoneyDto } from '@kopeck/contracts';

/** Describes the contracts' money class here, because contracts know nothing of HTTP. */
ApiSchema({ name: 'Money' })(MoneyDto);

ApiProperty({
  description:
    "Decimal string with exactly the currency's decimals (EUR 2, JPY 0, KWD 3). A JSON number is refused.",
  type: String,
  pattern: '^-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,3})?$',
  example: '1234.50',
})(MoneyDto.prototype, 'amount');

ApiProperty({
  description: 'ISO 4217 code.',
  type: String,
  pattern: '^[A-Z]{3}$',
  example: 'EUR',
})(MoneyDto.prototype, 'currency');

export { MoneyDto };
