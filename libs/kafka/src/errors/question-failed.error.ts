/** The answering service failed on the question; its own log says why. */
export class QuestionFailed extends Error {
  override readonly name = 'QuestionFailed';
}
