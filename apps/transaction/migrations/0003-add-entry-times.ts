import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddEntryTimes0000000000003 implements MigrationInterface {
  name = 'AddEntryTimes0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ENTRY_BY_TIME);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** Finds where a stretch of time begins and ends among an account's entries, and what it held at a moment. */
const ENTRY_BY_TIME = `
  CREATE INDEX entry_by_time ON ledger.entry (account_id, posted_at, account_version)`;
