import type { ServiceName } from '@kopeck/contracts';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { openDataSource, type EntityClass } from './connection.js';
import { isTransientDatabaseError } from './database-errors.js';
import { Database } from './database.js';
import { readDatabaseSettings } from './database.settings.js';

export interface DatabaseModuleOptions {
  readonly service: ServiceName;
  readonly schema: string;
  /** Listed one by one: bundles have no folders to search. */
  readonly entities?: EntityClass[];
}

/** A module that also tells `bootstrap` what is wrong with its settings, which errors pass, and what to watch. */
export interface DatabaseDynamicModule extends DynamicModule {
  readonly faultsOf: (environment: NodeJS.ProcessEnv) => string[];
  readonly isTransient: (error: unknown) => boolean;
  readonly health: { readonly name: string; readonly token: typeof Database };
}

@Module({})
export class DatabaseModule {
  /** Global. The URL comes from `<SERVICE>_DATABASE_URL`; waits at boot until PostgreSQL answers. */
  static forService({ service, schema, entities }: DatabaseModuleOptions): DatabaseDynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: Database, useFactory: () => openDatabase(service, schema, entities) }],
      exports: [Database],
      faultsOf: (environment) => readDatabaseSettings(service, environment).faults,
      isTransient: isTransientDatabaseError,
      health: { name: 'database', token: Database },
    };
  }
}

/** For scripts and tests that have no Nest application; close with `onApplicationShutdown()`. */
export async function openDatabase(
  service: ServiceName,
  schema: string,
  entities?: readonly EntityClass[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Database> {
  const { settings, faults } = readDatabaseSettings(service, environment);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const dataSource = await openDataSource({
    service,
    schema,
    entities,
    settings,
    log: new Logger('Database'),
  });
  return new Database(dataSource, settings);
}
