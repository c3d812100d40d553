/** Redoc's own entry to a page, as far as it is used. */
export function init(contract: unknown, options: object, element: Element): void;
