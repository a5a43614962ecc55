import fc from 'fast-check';
import { Partitioners, type PartitionerArgs } from 'kafkajs';
import { keyPartitioner, murmur2 } from './partitioner.js';

/** Hashes from the tests of Kafka's own clients (org.apache.kafka.common.utils.UtilsTest). */
const JAVA = [
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
] as const;

const PARTITIONS = 6;
const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

function argsOf(message: Partial<PartitionerArgs['message']>): PartitionerArgs {
  return { topic: 'any', partitionMetadata, message: { value: '', ...message } };
}

describe('the partitioner', () => {
  const choose = keyPartitioner();
  const chooseAsKafkaJs = Partitioners.DefaultPartitioner();

  it.each(JAVA)('puts the key %s where every client puts it', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
    expect(choose(argsOf({ key }))).toBe((hash & 0x7fff_ffff) % PARTITIONS);
  });

  it('puts any key where kafkajs puts it', () => {
    const keys = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(keys, (key) => {
        expect(choose(argsOf({ key }))).toBe(chooseAsKafkaJs(argsOf({ key })));
      }),
    );
  });

  it('leaves a message where its sender wants it, and spreads those without a key', () => {
    expect(choose(argsOf({ key: 'foobar', partition: 0 }))).toBe(0);
    const chosen = Array.from({ length: PARTITIONS }, () => choose(argsOf({ key: null })));
    expect(new Set(chosen).size).toBe(PARTITIONS);
  });
});
