import { ApiProperty } from '@nestjs/swagger';
import { SERVICE_NAMES, type ServiceName } from '@kopeck/contracts';
import type { InstanceState, ServiceStatus } from './service-board.js';

const STATUSES = ['up', 'degraded', 'down'] as const satisfies readonly ServiceStatus[];

export class InstanceResource implements InstanceState {
  @ApiProperty({ example: 'transaction-1' })
  instance: string;

  @ApiProperty({ enum: STATUSES, example: 'up' })
  status: ServiceStatus;

  @ApiProperty({ example: '0.1.0' })
  version: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' })
  startedAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  lastSeenAt: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  problem: string | null;
}

export class ServiceResource {
  @ApiProperty({ enum: SERVICE_NAMES, example: 'transaction' })
  service: ServiceName;

  @ApiProperty({ enum: STATUSES, description: '`down`: no instance is heard.', example: 'up' })
  status: ServiceStatus;

  @ApiProperty({ type: String, nullable: true, example: '0.1.0' })
  version: string | null;

  @ApiProperty({ type: [InstanceResource] })
  instances: InstanceResource[];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Messages waiting for the service; null where nobody knows.',
    example: 0,
  })
  lag: number | null;
}

export class ServiceList {
  @ApiProperty({ type: [ServiceResource] })
  data: ServiceResource[];
}
