import { Partitioners } from 'kafkajs';

/** Hashes from the tests of Kafka's own clients (org.apache.kafka.common.utils.UtilsTest). */
const JAVA = [
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
] as const;

describe('the partitioner', () => {
  it.each(JAVA)('puts the key %s where every client puts it', (key, hash) => {
    const partitions = 6;
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
      partitionId,
      partitionErrorCode: 0,
      leader: 1,
      replicas: [1],
      isr: [1],
    }));
    const choose = Partitioners.DefaultPartitioner();
    expect(choose({ topic: 'any', partitionMetadata, message: { key, value: '' } })).toBe(
      (hash & 0x7fff_ffff) % partitions,
    );
  });
});
