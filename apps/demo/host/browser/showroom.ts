import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";

/** What the folder `showroom` adds to the pages. The demo works without that folder. */
export interface Showroom {
  /** Above every page, if a mock responds. */
  Banner: ComponentType;
  /** Below the search, if a mock responds. */
  Cases: ComponentType;
  /** Beside every page. */
  Panel: ComponentType<{ customerId: string | undefined; isMock: boolean }>;
  /** Beside the name of a customer in the search. */
  CustomerLabel: ComponentType<{ customerId: string }>;
  /** What a request waits for. */
  CallProgress: ComponentType<{ requestId: string | undefined }>;
  /** Reads what the first page shows of a mock. */
  prefetch(queries: QueryClient): Promise<unknown>;
}

const entries = import.meta.glob<Showroom>("../../showroom/browser/index.tsx", { eager: true });

/** The showroom, if its folder exists. */
export const showroom: Showroom | undefined = Object.values(entries)[0];
