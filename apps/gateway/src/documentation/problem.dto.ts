import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '@kopeck/contracts';

/** Only for the document: what `Problem.toDocument` makes. */
export class FaultResource {
  @ApiProperty({ example: 'amount must be greater than zero' })
  detail: string;

  @ApiPropertyOptional({
    description: 'Where in the body (RFC 6901).',
    example: '#/instructedAmount/amount',
  })
  pointer?: string;

  @ApiPropertyOptional({ description: 'Which query parameter.' })
  parameter?: string;

  @ApiPropertyOptional({ description: 'Which header.' })
  header?: string;
}

/** RFC 9457 */
export class ProblemResource {
  @ApiProperty({
    format: 'uri-reference',
    description: 'Explains the code.',
    example: '/docs/problems#validation_failed',
  })
  type: string;

  @ApiProperty({ example: 'The request has mistakes' })
  title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status: number;

  @ApiProperty({
    description: 'What happened in this case and what to do.',
    example: 'amount must be greater than zero.',
  })
  detail: string;

  @ApiProperty({
    format: 'uri-reference',
    description: 'The address asked for, or the transfer that was refused.',
    example: '/api/v1/transfers',
  })
  instance: string;

  @ApiProperty({
    enum: Object.keys(ERRORS),
    description: 'For programs to branch on; never changes.',
    example: 'validation_failed',
  })
  code: ErrorCode;

  @ApiPropertyOptional({ type: [FaultResource] })
  errors?: FaultResource[];

  @ApiPropertyOptional({ format: 'uuid', description: 'The refused transfer, which stays readable.' })
  transferId?: string;

  @ApiPropertyOptional({
    description:
      "Name it when you report a problem. Not in a transfer's refusal, which is the same however often it is asked for.",
    example: '4bf92f3577b34da6a3ce929d0e0e4736',
  })
  traceId?: string;
}
