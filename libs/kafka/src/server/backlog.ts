/** About a second and a half of work in a busy hour: enough that the worker never runs dry while its topic is paused. */
export const PAUSE_ABOVE_MESSAGES = 8_000;
export const RESUME_BELOW_MESSAGES = 4_000;

export interface BacklogValve {
  pause(topic: string): void;
  resume(topic: string): void;
}

/**
 * Bounds what waits in memory. Only the topic that lags is paused; holding the fetch back would stop the others of the
 * same consumer too. One more fetch may still be under way, so up to 1 MB a partition comes on top.
 */
export class Backlog {
  messages = 0;
  private isPaused = false;

  constructor(
    private readonly topic: string,
    private readonly valve: BacklogValve,
    private readonly pauseAbove = PAUSE_ABOVE_MESSAGES,
    private readonly resumeBelow = RESUME_BELOW_MESSAGES,
  ) {}

  add(messages: number): void {
    this.messages += messages;
    if (this.isPaused || this.messages <= this.pauseAbove) return;
    this.isPaused = true;
    this.valve.pause(this.topic);
  }

  remove(messages: number): void {
    this.messages -= messages;
    if (!this.isPaused || this.messages >= this.resumeBelow) return;
    this.isPaused = false;
    this.valve.resume(this.topic);
  }
}
