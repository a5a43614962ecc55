/** Nobody answered a question in time. It may have been handled all the same. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}
