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

const CONVERSION = `
  -- JSON of a conversion's terms with the whole quote, as the ledger gets it.
  ALTER TABLE transaction_manager.transfer ADD COLUMN conversion text`;
