import { Module, type DynamicModule, type FactoryProvider, type Provider } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { ErrorPassFilter } from './error-pass.filter.js';
import { KafkaHealth } from './health/kafka-health.js';
import type { KafkaOptions } from './kafka-options.js';
import { Producer } from './producer/producer.js';
import { QuestionClient } from './questions/question-client.js';
import { isTransientKafkaError } from './server/transient.js';
import { TopicAdmin } from './topics/topic-admin.js';

export type KafkaModuleOptions = KafkaOptions | Pick<FactoryProvider<KafkaOptions>, 'inject' | 'useFactory'>;

/** What `bootstrap` of libs/service reads besides the module. */
export interface KafkaDynamicModule extends DynamicModule {
  readonly isTransient: (error: unknown) => boolean;
  readonly health: { readonly name: string; readonly token: typeof KafkaHealth };
}

const OPTIONS = Symbol('KafkaOptions');

@Module({})
export class KafkaModule {
  /** Global. Connects when the application starts, and waits for the broker for as long as it takes, saying so. */
  static forRoot(options: KafkaModuleOptions): KafkaDynamicModule {
    return {
      module: KafkaModule,
      global: true,
      providers: [optionsProvider(options), ...PROVIDERS],
      exports: [Producer, QuestionClient, TopicAdmin, KafkaHealth],
      isTransient: isTransientKafkaError,
      health: { name: 'kafka', token: KafkaHealth },
    };
  }
}

function optionsProvider(options: KafkaModuleOptions): Provider {
  return 'useFactory' in options ? { provide: OPTIONS, ...options } : { provide: OPTIONS, useValue: options };
}

const PROVIDERS: Provider[] = [
  { provide: Producer, inject: [OPTIONS], useFactory: (options: KafkaOptions) => new Producer(options) },
  {
    provide: QuestionClient,
    inject: [OPTIONS, Producer],
    useFactory: (options: KafkaOptions, producer: Producer) => new QuestionClient(options, producer),
  },
  { provide: TopicAdmin, inject: [OPTIONS], useFactory: (options: KafkaOptions) => new TopicAdmin(options) },
  {
    provide: KafkaHealth,
    inject: [OPTIONS, Producer],
    useFactory: ({ instance }: KafkaOptions, producer: Producer) => {
      const health = KafkaHealth.of(instance);
      health.watch('producer', { problem: () => producer.check(), readings: () => producer.readings() });
      return health;
    },
  },
  {
    provide: ErrorPassFilter,
    inject: [ApplicationConfig, HttpAdapterHost],
    useFactory: (config: ApplicationConfig, http: HttpAdapterHost) => {
      const filter = new ErrorPassFilter(http);
      config.addGlobalFilter(filter);
      return filter;
    },
  },
];
