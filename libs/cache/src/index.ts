export * from './cache-errors.js';
export * from './cache.js';
export * from './cache.module.js';
export * from './cache.settings.js';
export * from './redis.client.js';
