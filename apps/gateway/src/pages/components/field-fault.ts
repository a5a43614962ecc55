/** What is wrong with a field, in words for the person: what happened and what to do. */
export interface FieldFault {
  /** The field's name, which is its id too; absent where it is the form as a whole. */
  readonly field?: string;
  readonly text: string;
}

export function faultOf(faults: readonly FieldFault[] | undefined, field: string): FieldFault | undefined {
  return faults?.find((fault) => fault.field === field);
}
