import { ApiPropertyOptional } from '@nestjs/swagger';
import { accountNumberOf, IsAccountNumber, normaliseAccountNumber } from '@kopeck/contracts';
import { Transform } from 'class-transformer';
import { IsOptional, IsUUID } from 'class-validator';

type Raw = { value: unknown };

/** Where money goes, said in one of two ways: an own account by its id, anybody's by its number. */
export class CreditedAccountBody {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'One of your own accounts. Either this or `creditAccountNumber`.',
    example: '5b1f0c52-0b8e-5a44-9d5a-6d0c1c2b3a41',
  })
  @Transform(({ value }: Raw) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsOptional()
  @IsUUID(undefined, { message: 'creditAccountId must be the id of one of your accounts' })
  creditAccountId?: string;

  @ApiPropertyOptional({
    description: "Anybody's account; spaces are left out.",
    example: accountNumberOf(12_345_678n),
  })
  @Transform(({ value }: Raw) => (typeof value === 'string' ? normaliseAccountNumber(value) : value))
  @IsOptional()
  @IsAccountNumber()
  creditAccountNumber?: string;
}
