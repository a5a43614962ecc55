import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  MAX_RATE_POINTS,
  RATE_SOURCES,
  RATE_STEPS,
  type RateHistory,
  type RatePoint,
  type RateSource,
  type RateStep,
} from '@kopeck/contracts';
import { IsIn, IsOptional, IsString } from 'class-validator';

export class RateHistoryQuery {
  @ApiPropertyOptional({
    description: 'First moment, a day or a moment in UTC; 30 days before `to` when left out.',
    example: '2026-09-01',
  })
  @IsOptional()
  @IsString()
  from?: string;

  @ApiPropertyOptional({
    description: 'First moment that is no more part of it; now when left out.',
    example: '2026-10-01T00:00:00Z',
  })
  @IsOptional()
  @IsString()
  to?: string;

  @ApiPropertyOptional({
    enum: RATE_STEPS,
    default: 'day',
    description: `At most ${MAX_RATE_POINTS} steps fit one answer.`,
  })
  @IsOptional()
  @IsIn(RATE_STEPS, { message: `step must be one of ${RATE_STEPS.join(', ')}` })
  step: RateStep = 'day';
}

export class RatePointResource implements RatePoint {
  @ApiProperty({
    format: 'date-time',
    description: 'Where the step begins.',
    example: '2026-09-30T00:00:00Z',
  })
  at: string;

  @ApiProperty({ example: '92.1103000000' })
  min: string;

  @ApiProperty({ example: '92.2587000000' })
  avg: string;

  @ApiProperty({ example: '92.4071000000' })
  max: string;

  @ApiProperty({ description: 'The last one of the step.', example: '92.4071000000' })
  close: string;
}

export class RateHistoryResource implements RateHistory {
  @ApiProperty({ example: 'EUR' })
  base: string;

  @ApiProperty({ example: 'RUB' })
  quote: string;

  @ApiProperty({ enum: RATE_SOURCES, description: 'All points are from one source.', example: 'ecb' })
  source: RateSource;

  @ApiProperty({ enum: RATE_STEPS, example: 'day' })
  step: RateStep;

  @ApiProperty({ format: 'date-time', example: '2026-09-01T00:00:00.000Z' })
  from: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T00:00:00.000Z' })
  to: string;

  @ApiProperty({ type: [RatePointResource], description: 'Steps without a rate are left out.' })
  points: RatePointResource[];
}
