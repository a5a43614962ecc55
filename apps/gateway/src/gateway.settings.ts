import { Type } from 'class-transformer';
import { IsBase64, IsInt, Max, Min, registerDecorator } from 'class-validator';

/** The gateway's own settings; names are the environment's. */
export class GatewaySettings {
  /** 32 bytes, base64, shared with the customer service: seals passwords on their way over Kafka. */
  @IsBase64()
  @IsKeyOf32Bytes()
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
}

function IsKeyOf32Bytes(): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name: 'isKeyOf32Bytes',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && Buffer.from(value, 'base64').length === 32,
        defaultMessage: () =>
          'SEALING_KEY must be 32 random bytes in base64: make one with "openssl rand -base64 32"',
      },
    });
}
