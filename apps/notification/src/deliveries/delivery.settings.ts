import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** How deliveries are tried; property names are the environment's names. */
export class DeliverySettings {
  /** Pauses between tries are so many times as long: below 1 for tests and demonstrations. */
  @IsNumber()
  @Min(0.000001)
  @Max(1)
  DELIVERY_RETRY_SCALE = 1;

  /** The deadline of one try, whatever the target does. A crashed process's deliveries are tried again after three of it. */
  @IsInt()
  @Min(100)
  @Max(60_000)
  DELIVERY_ATTEMPT_TIMEOUT_MS = 15_000;

  /** Tries under way at once, in one process. */
  @IsInt()
  @Min(1)
  @Max(100)
  EMAILS_AT_ONCE = 10;

  @IsInt()
  @Min(1)
  @Max(2_000)
  WEBHOOKS_AT_ONCE = 200;

  /** Of these, at one host. */
  @IsInt()
  @Min(1)
  @Max(100)
  WEBHOOKS_AT_ONCE_PER_HOST = 4;

  @IsInt()
  @Min(1)
  @Max(100)
  TELEGRAMS_AT_ONCE = 10;

  @IsInt()
  @Min(1)
  @Max(100)
  TEXTS_AT_ONCE = 5;

  /** Deliveries that have ended are forgotten after so many days, with their tries. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  DELIVERY_KEEP_DAYS = 30;
}
