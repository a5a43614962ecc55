import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepPlans0000000000003 implements MigrationInterface {
  name = 'KeepPlans0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLANS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** Which statements are planned anew, for the reasons given in migration 1, the service says of each (`PLANNED_ANEW`). */
const PLANS = `
  DO $$ BEGIN
    EXECUTE format('ALTER ROLE kopeck_transaction_manager IN DATABASE %I RESET plan_cache_mode', current_database());
  END $$`;
