import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PlanWithoutMemoize0000000000004 implements MigrationInterface {
  name = 'PlanWithoutMemoize0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLANS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/**
 * A page of an account's history looks fifty transfers up by their ids. The planner doesn't know that it will be fifty and
 * lays out a table for as many results as the account has entries, which took half of the query's time.
 */
const PLANS = `
  DO $$ BEGIN
    EXECUTE format('ALTER ROLE kopeck_transaction IN DATABASE %I SET enable_memoize = off', current_database());
  END $$`;
