import { IsInt, Matches, Max, Min } from 'class-validator';

/** Settings of the transaction-manager; property names are the environment's names. */
export class TransactionManagerSettings {
  /** A transfer without a result for this long is sent to the ledger again. */
  @IsInt()
  @Min(500)
  @Max(3_600_000)
  TRANSFER_FOLLOW_UP_AFTER_MS = 5_000;

  /** How often to look for such transfers. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  TRANSFER_FOLLOW_UP_EVERY_MS = 1_000;

  /** The most a customer may send in one transfer, in minor units of whatever currency; cash deposits have no such limit. */
  @Matches(/^[1-9]\d{0,14}$/, {
    message: 'TRANSFER_LIMIT_MINOR must be a whole number of minor units, 15 digits at most',
  })
  TRANSFER_LIMIT_MINOR = '100000000000';
}
