import type { ComponentType } from "react";

interface Props {
  customerId: string | undefined;
}

/** What the folder `showroom` adds to the pages. The demo works without that folder. */
export interface Showroom {
  /** Above every page, if a mock responds. */
  Banner: ComponentType;
  /** Below the search, if a mock responds. */
  Cases: ComponentType;
  /** Beside every page. */
  Panel: ComponentType<Props & { isMock: boolean }>;
  /** Beside the name of a customer in the search. */
  CustomerLabel: ComponentType<Props>;
  /** What a request waits for. */
  CallProgress: ComponentType<{ requestId: string | undefined }>;
}

const entries = import.meta.glob<Showroom>("../../showroom/browser/index.tsx", { eager: true });

/** The showroom, if its folder exists. */
export const showroom: Showroom | undefined = Object.values(entries)[0];
