import { IsIn, IsInt, IsISO8601, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { SERVICE_NAMES, type ServiceName } from '../topics.js';

/** How often each instance says that it is there. */
export const HEARTBEAT_INTERVAL_MS = 4_000;
/** An instance silent for this long counts as down. */
export const HEARTBEAT_TIMEOUT_MS = 12_000;

/** `services.heartbeats`: one instance's own view of itself. */
export class ServiceHeartbeat {
  @IsIn(SERVICE_NAMES) service: ServiceName;
  /** Unique among running instances, such as `transaction-2`. */
  @IsString() @MaxLength(100) instance: string;
  @IsString() @MaxLength(40) version: string;
  @IsISO8601() startedAt: string;
  @IsISO8601() at: string;
  /** `stopping` is the last word of an instance that goes away on purpose. */
  @IsIn(['up', 'degraded', 'stopping']) status: 'up' | 'degraded' | 'stopping';
  /** What is wrong, when degraded, in one sentence. */
  @IsOptional() @IsString() @MaxLength(500) problem?: string;
  /** Consumer group whose lag tells how far behind the service is; absent where it has none. */
  @IsOptional() @IsString() @MaxLength(200) consumerGroup?: string;
  /** Messages the instance's partitions still hold for it. */
  @IsOptional() @IsInt() @Min(0) lag?: number;
}
