import type { ComponentType } from "react";

/** What the folder `showroom` adds to the pages. Without that folder the demo does the rest. */
export interface Showroom {
  /** Everything that stands beside the page. */
  Panel: ComponentType<{ isMock: boolean; customerId: string | undefined }>;
  /** A label for a customer with a special behavior. */
  CustomerLabel: ComponentType<{ isMock: boolean; customerId: string }>;
  /** What a request that takes its time is waiting for. */
  CallProgress: ComponentType<{ requestId: string | undefined }>;
}

const entries = import.meta.glob<Showroom>("../../showroom/browser/index.tsx", { eager: true });

/** The showroom, if its folder exists. */
export const showroom: Showroom | undefined = Object.values(entries)[0];
