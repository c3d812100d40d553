// The minimum cost of an import.
export const nothing = undefined;
