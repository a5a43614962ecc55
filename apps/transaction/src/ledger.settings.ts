import { IsInt, Max, Min } from 'class-validator';

/** Settings of the ledger; property names are the environment's names. */
export class LedgerSettings {
  /** Accounts that one customer may have. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  ACCOUNTS_PER_CUSTOMER = 20;

  /** How often to look for account states that a crash or a broker's absence left unannounced. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  ANNOUNCE_SWEEP_MS = 5_000;
}
