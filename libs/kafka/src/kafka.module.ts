import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { KafkaHealth } from './health/kafka-health.js';
import type { KafkaOptions } from './kafka-options.js';
import { Producer } from './producer/producer.js';
import { QuestionClient } from './questions/question-client.js';
import { TopicAdmin } from './topics/topic-admin.js';

export type KafkaModuleOptions = KafkaOptions | Pick<FactoryProvider<KafkaOptions>, 'inject' | 'useFactory'>;

/** What `bootstrap` of libs/service reads besides the module. */
export interface KafkaDynamicModule extends DynamicModule {
  readonly isTransient: (error: unknown) => boolean;
  readonly health: { readonly name: string; readonly token: typeof KafkaHealth };
}

@Module({})
export class KafkaModule {
  static forRoot(_options: KafkaModuleOptions): KafkaDynamicModule {
    return {
      module: KafkaModule,
      global: true,
      providers: [],
      exports: [Producer, QuestionClient, TopicAdmin, KafkaHealth],
      isTransient: () => false,
      health: { name: 'kafka', token: KafkaHealth },
    };
  }
}
