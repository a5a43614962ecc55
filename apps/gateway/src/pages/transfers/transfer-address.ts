/** Where a transfer's page is. */
export function addressOfTransferPage(transferId: string): string {
  return `/transfers/${transferId}`;
}
