import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddConversions0000000000002 implements MigrationInterface {
  name = 'AddConversions0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONVERSION);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** A column without a default and checks that look at new rows only: no row of the ledger is read or written again. */
const CONVERSION = `
  -- JSON of the terms with the quote's whole text, exactly as it is hashed: the receipt explains itself.
  ALTER TABLE ledger.transfer ADD COLUMN conversion text;
  ALTER TABLE ledger.transfer
    DROP CONSTRAINT transfer_kind_check,
    ADD CONSTRAINT transfer_kind_check CHECK (kind IN ('transfer', 'cash_deposit', 'conversion')) NOT VALID,
    ADD CONSTRAINT transfer_conversion CHECK ((conversion IS NOT NULL) = (kind = 'conversion')) NOT VALID`;
