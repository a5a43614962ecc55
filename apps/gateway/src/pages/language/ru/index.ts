export * from './accounts.js';
export * from './convert.js';
export * from './errors.js';
export * from './layout.js';
export * from './rates.js';
export * from './send.js';
export * from './sign-in.js';
export * from './transfer.js';
