import { Logger, Module, type DynamicModule, type Type } from '@nestjs/common';
import { CacheUnavailable } from './cache-errors.js';
import { readCacheSettings } from './cache.settings.js';
import { Cache } from './cache.js';
import { RedisClient } from './redis.client.js';

/** A module that also tells `bootstrap` what is wrong with its settings, which errors pass, and what to watch. */
export interface CacheDynamicModule extends DynamicModule {
  readonly faultsOf: (environment: NodeJS.ProcessEnv) => string[];
  readonly isTransient: (error: unknown) => boolean;
  readonly health: { readonly name: string; readonly token: Type<RedisClient> };
}

@Module({})
export class CacheModule {
  /** Global. Reads REDIS_URL; waits at boot until Redis answers. */
  static forRoot(): CacheDynamicModule {
    return {
      module: CacheModule,
      global: true,
      providers: [{ provide: RedisClient, useFactory: () => openRedis() }, Cache],
      exports: [RedisClient, Cache],
      faultsOf: (environment) => readCacheSettings(environment).faults,
      isTransient: (error) => error instanceof CacheUnavailable,
      health: { name: 'redis', token: RedisClient as Type<RedisClient> },
    };
  }
}

/** For scripts and tests without a Nest application; close with `onApplicationShutdown()`. */
export async function openRedis(environment: NodeJS.ProcessEnv = process.env): Promise<RedisClient> {
  const { settings, faults } = readCacheSettings(environment);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const redis = new RedisClient(settings, new Logger('Redis'));
  await redis.whenReady();
  return redis;
}
