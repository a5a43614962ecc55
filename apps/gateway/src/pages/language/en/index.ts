export * from './developer.js';
export * from './errors.js';
export * from './layout.js';
export * from './notifications.js';
export * from './preferences.js';
export * from './profile.js';
export * from './sign-in.js';
export * from './transfer.js';
