import { ApiProperty, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsUUID } from 'class-validator';
import { CreateTransferBody } from '../transfers/transfer.dto.js';

export class CreateConversionBody extends PickType(CreateTransferBody, ['reference', 'endToEndId']) {
  @ApiProperty({
    format: 'uuid',
    description: 'Which price you take, whole: its accounts and amounts.',
    example: '1f0e6a5c-7f0b-4f7e-9a53-0b7a0d5a2c11',
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID(undefined, { message: 'quoteId must be the id of one of your quotes' })
  quoteId: string;
}
