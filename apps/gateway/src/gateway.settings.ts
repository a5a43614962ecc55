import { Type } from 'class-transformer';
import { IsInt, IsTimeZone, Matches, Max, Min } from 'class-validator';

const SEALING_KEY_FAULT =
  'SEALING_KEY must be 32 bytes in base64, the same as the customer service has: openssl rand -base64 32';

/** The gateway's own settings; names are the environment's. */
export class GatewaySettings {
  /** Seals passwords on their way to the customer service, and webhook secrets on theirs from the notification service. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: SEALING_KEY_FAULT })
  SEALING_KEY: string;

  /** Requests a minute of one session or address; 0 turns the limit off (load tests). */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  RATE_LIMIT_PER_MINUTE = 600;

  /** New customers an hour from one address; 0 turns the limit off (load tests). */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  SIGN_UP_LIMIT_PER_HOUR = 100;

  /** Transfers that may wait for their result at one time; above it new ones are answered 503. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  MAX_WAITING_TRANSFERS = 20_000;

  /** In which pages tell the time: an IANA name such as Europe/Berlin. */
  @IsTimeZone({ message: 'TIME_ZONE must be the name of a time zone, such as Europe/Berlin or UTC' })
  TIME_ZONE = 'UTC';

  /** Pages that may listen to live updates at one time, each with a connection of its own; above it new ones get 503. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  MAX_STREAMS = 5_000;
}
