export * from './bigint.transformer.js';
export type { EntityClass } from './connection.js';
export * from './database-errors.js';
export * from './database.js';
export * from './database.module.js';
export * from './database.settings.js';
export * from './setup/prepare-databases.js';
export * from './testing/temporary-database.js';
export type { Transaction } from './transaction.js';
