export class KafkaHealth {
  get healthy(): boolean {
    return false;
  }

  get problem(): string | undefined {
    return 'not connected yet';
  }

  async check(): Promise<void> {
    if (!this.healthy) throw new Error(this.problem);
  }
}
