import { KafkaMetricsRecorder } from './kafka-metrics.js';
import { Metrics } from './metrics.js';

describe('KafkaMetricsRecorder', () => {
  it('counts batches, retries, dead letters and questions', async () => {
    const metrics = new Metrics();
    const recorder = new KafkaMetricsRecorder(metrics);
    recorder.batchHandled('transfers.commands', 120, 0.02);
    recorder.batchRetried('transfers.commands');
    recorder.deadLettered('transfers.commands', 'malformed');
    recorder.questionAnswered('accounts.questions/read', 'expired', 0);
    const text = await metrics.registry.metrics();
    expect(text).toContain('kopeck_kafka_batch_messages_sum{topic="transfers.commands"} 120');
    expect(text).toContain('kopeck_kafka_batch_seconds_count{topic="transfers.commands"} 1');
    expect(text).toContain('kopeck_kafka_batch_retries_total{topic="transfers.commands"} 1');
    expect(text).toContain(
      'kopeck_kafka_dead_letters_total{topic="transfers.commands",reason="malformed"} 1',
    );
    expect(text).toContain(
      'kopeck_question_seconds_count{question="accounts.questions/read",outcome="expired"} 1',
    );
  });
});
