/** Of eight batches the oldest has had its say: a burst is soon forgotten, and one odd batch changes little. */
const REMEMBERED = 8;
/** Whose batches hold fewer has few at work at once: they would wait, and nobody would gain much. */
const WORTH_GATHERING = 4;

/** How many messages a batch holds these days: an average that forgets. */
export class UsualSize {
  private average = 0;

  saw(messages: number): void {
    this.average += (messages - this.average) / REMEMBERED;
  }

  /** Whether a batch of so many came early: the rest of what usually comes with it is on its way. */
  isMoreThan(messages: number): boolean {
    return this.average >= WORTH_GATHERING && messages < this.average;
  }
}
