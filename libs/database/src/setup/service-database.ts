import type { ServiceName } from '@kopeck/contracts';
import type { MigrationInterface } from 'typeorm';

/** What one service keeps in PostgreSQL; each app exports its own from `migrations/index.ts`. */
export interface ServiceDatabase {
  readonly service: ServiceName;
  readonly schema: string;
  readonly migrations: (new () => MigrationInterface)[];
}
