const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a form's idempotency key is one that our pages write. */
export function isFormKey(value: string | undefined): value is string {
  return value !== undefined && UUID.test(value);
}
