/** What a browser is told of the server that it speaks with. */
export interface About {
  /** Where the server's calls go. */
  partnerCenter: string;
  /** The operations of the mock's control that may be used; none when it is not the mock. */
  mockControl: string[];
}
