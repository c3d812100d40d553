import type { FollowedVetting } from "./followed-vetting.ts";
import type { WireCall } from "../../showroom/shared/wire-call.ts";

/** What has changed since a browser was last told. */
export interface LiveMessage {
  /** Everything there is, because nobody knows what the browser has seen. */
  isWhole: boolean;
  vettings: FollowedVetting[];
  calls: WireCall[];
}
