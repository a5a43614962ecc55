/** A limit of this process is reached and nothing was sent. Try again later. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}
