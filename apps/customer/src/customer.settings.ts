import { Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@kopeck/contracts';

const SEALING_KEY_FAULT =
  'SEALING_KEY must be 32 bytes in base64, the same as the gateway has: openssl rand -base64 32';

/** Settings of the customer service; property names are the environment's names. */
export class CustomerSettings {
  /** Opens the passwords that the gateway sealed. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: SEALING_KEY_FAULT })
  SEALING_KEY: string;

  /** An operator to create at boot if nobody has this address; both or neither. */
  @ValidateIf((settings: CustomerSettings) => settings.OPERATOR_PASSWORD !== undefined)
  @IsEmail({}, { message: 'OPERATOR_EMAIL must be an e-mail address when OPERATOR_PASSWORD is given' })
  OPERATOR_EMAIL?: string;

  @ValidateIf((settings: CustomerSettings) => settings.OPERATOR_EMAIL !== undefined)
  @Length(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH, {
    message: `OPERATOR_PASSWORD must have ${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters when OPERATOR_EMAIL is given`,
  })
  OPERATOR_PASSWORD?: string;

  /** Argon2 computations at once; each takes 19 MiB and one thread of libuv's pool (4 by default). */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(16)
  PASSWORD_HASHES_AT_ONCE = 2;

  /** How many more may wait for their turn; the next one is told to come back later. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  PASSWORD_HASHES_WAITING = 64;

  /** How often to look for customers whom a crash or a broker's absence left unannounced. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  ANNOUNCE_SWEEP_MS = 5_000;
}
