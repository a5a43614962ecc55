import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { readCacheSettings } from './cache.settings.js';
import { Cache } from './cache.js';
import { RedisClient } from './redis.client.js';

/** A module that can say what is wrong with the environment before anything starts; `bootstrap` asks all of them. */
export interface CacheDynamicModule extends DynamicModule {
  readonly faultsOf: (environment: NodeJS.ProcessEnv) => string[];
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
