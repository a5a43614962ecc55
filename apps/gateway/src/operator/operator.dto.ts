import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsAccountNumber,
  normaliseAccountNumber,
  REFERENCE,
  SYSTEM_ACCOUNT_KINDS,
  type AccountKind,
  type AccountView,
} from '@kopeck/contracts';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { AccountResource } from '../accounts/account.dto.js';
import { ListTransfersQuery } from '../transfers/transfer.dto.js';

const REASON_FAULT = 'reason must be one line of 3 to 200 printable characters';
const YEAR_SECONDS = 86_400 * 365;
const PENDING_FAULT = `pendingForSeconds must be a whole number from 0 to ${YEAR_SECONDS}`;

export class FindAccountQuery {
  @ApiProperty({ description: 'The account number; spaces are left out.', example: 'QP68KPCK000012345678' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? normaliseAccountNumber(value) : value,
  )
  @IsAccountNumber()
  number: string;
}

export class FreezeBody {
  @ApiProperty({
    description: 'Kept with the account; its owner reads it.',
    minLength: 3,
    maxLength: 200,
    example: 'Asked for by the owner by phone',
  })
  @Length(3, 200, { message: REASON_FAULT })
  @Matches(REFERENCE, { message: REASON_FAULT })
  reason: string;
}

export class ListTransactionsQuery extends ListTransfersQuery {
  @ApiPropertyOptional({
    description: 'Only what has been pending for longer.',
    type: 'integer',
    minimum: 0,
    maximum: YEAR_SECONDS,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: PENDING_FAULT })
  @Min(0, { message: PENDING_FAULT })
  @Max(YEAR_SECONDS, { message: PENDING_FAULT })
  pendingForSeconds?: number;
}

export class OperatorAccountResource extends AccountResource {
  @ApiProperty({ enum: ['customer', ...SYSTEM_ACCOUNT_KINDS], example: 'customer' })
  kind: AccountKind;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: "Null for the bank's own accounts.",
  })
  customerId: string | null;

  static override of(view: AccountView): OperatorAccountResource {
    return { ...AccountResource.of(view), kind: view.kind, customerId: view.customerId };
  }
}

export class OperatorAccountList {
  @ApiProperty({ type: [OperatorAccountResource], description: 'One account, or none.' })
  data: OperatorAccountResource[];
}
