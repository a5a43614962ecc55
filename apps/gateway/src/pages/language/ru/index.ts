export * from './errors.js';
export * from './layout.js';
export * from './operator.js';
export * from './operator-deliveries.js';
export * from './operator-rates.js';
export * from './operator-transactions.js';
export * from './sign-in.js';
export * from './transfer.js';
