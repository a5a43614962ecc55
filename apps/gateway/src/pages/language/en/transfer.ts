export const transfer = {
  statuses: { pending: 'On its way', completed: 'Done', failed: 'Not done' },
};
