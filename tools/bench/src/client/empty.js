// What every import costs at least.
export const nothing = undefined;
