export * from './errors.js';
export * from './layout.js';
export * from './sign-in.js';
export * from './transfer.js';
