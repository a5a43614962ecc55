import { IsUUID, Matches } from 'class-validator';

const AMOUNT_MINOR = /^[1-9]\d{0,14}$/;

/** The HTTP body. */
export class MakeTransfer {
  @IsUUID() debitAccountId: string;
  @IsUUID() creditAccountId: string;
  @Matches(AMOUNT_MINOR) amountMinor: string;
}

/** Both topics' payload: the request that the transaction-manager validates and the command that the ledger executes. */
export class TransferMessage extends MakeTransfer {
  @IsUUID() transferId: string;
}

export interface TransferOutcome {
  readonly transferId: string;
  readonly status: 'completed' | 'failed';
  readonly reason: 'same_account' | 'account_not_found' | 'insufficient_funds' | null;
}
