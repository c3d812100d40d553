/** A replacement in text of another project, which must match as often as it did when it was written. */
export interface Replacement {
  /** What it does, for the message when it no longer can. */
  what: string;
  find: string | RegExp;
  put: string;
  times: number;
}

/**
 * Makes the replacements one after the other.
 *
 * @throws {Error} When one of them matches another number of times than it should: the text has changed.
 */
export function replace(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  for (const { what, find, put, times } of replacements) {
    const parts = result.split(find);
    if (parts.length - 1 !== times) {
      throw new Error(
        `Redoc's bundle: to ${what}, ${times} × ${String(find)} was expected and ` +
          `${parts.length - 1} found. Read the new bundle, then fix the replacement.`,
      );
    }
    result = parts.join(put);
  }
  return result;
}

/** Where Redoc's font of file icons stands: in a file, since the policy knows no data. */
const treeIcons = /data:application\/font-woff;base64,([\w+/=]+)/;

/** What the site's other pages keep the choice of light or dark under; "auto" is no choice. */
const colorMode = "vitepress-theme-appearance";

const replacements: readonly Replacement[] = [
  {
    what: "leave out the source of a search worker, which the policy forbids to compile",
    find: /(?<=\bXDe=`)[^`]*(?=`)/,
    put: "",
    times: 1,
  },
  {
    what: "search without a worker",
    find: "try{return e._factory??=Function(XDe),!0}catch{return!1}",
    put: "return!1",
    times: 1,
  },
  {
    what: "name Redoc in words instead of by a picture from another host",
    find: /\(0,V\.jsx\)\(y4,\{(?:full:!0)?\}\)/,
    put: "`Redoc`",
    times: 2,
  },
  {
    what: "have no address of that picture left",
    find: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/,
    put: "",
    times: 2,
  },
  {
    what: "print nothing in the console of a reader's browser",
    find: /console\.info\(`\\n%c Redoc %c[^)]*\)/,
    put: "0",
    times: 1,
  },
  {
    what: "take the font of file icons from a file",
    find: /data:application\/font-woff;base64,[\w+/=]+/,
    put: "tree-icons.woff",
    times: 1,
  },
  {
    what: "read the site's choice of light or dark",
    find: "window.localStorage.getItem(`redoc.colorMode`)",
    put: `window.localStorage.getItem(\`${colorMode}\`)?.replace("auto","")`,
    times: 1,
  },
  {
    what: "write the site's choice of light or dark",
    find: "redoc.colorMode",
    put: colorMode,
    times: 1,
  },
  {
    what: "have one main landmark: a paragraph of Markdown is none",
    find: /(?<=\blE=L\.)main(?=\.withConfig)/,
    put: "div",
    times: 1,
  },
  {
    what: "make the sidebar a landmark with a name",
    find: /(?<=\bRke=L\.)div/,
    put: "nav.attrs({'aria-label':'Operations'})",
    times: 1,
  },
  {
    what: "put Request and Responses one level below the operation",
    find: /(?<=\bAL=L\.)h4/,
    put: "h3",
    times: 1,
  },
  {
    what: "put the places of parameters one level below Request",
    find: /(?<=\bnwe=L\.)h5/,
    put: "h4",
    times: 1,
  },
  {
    what: "name the choice of an example with the words that it shows",
    find: 'type:`button`,"aria-label":r,children:(0,V.jsx)(cI,',
    put: 'type:`button`,"aria-label":`${r}: ${i?.label}`,children:(0,V.jsx)(cI,',
    times: 1,
  },
  {
    what: "mark the security details as a dialog, and name the button that closes it",
    find: "(xde,{ref:i,tabIndex:0,children:[(0,V.jsx)(Sde,{",
    put:
      "(xde,{ref:i,tabIndex:0,role:`dialog`,'aria-modal':!0,'aria-label':`Security`," +
      "children:[(0,V.jsx)(Sde,{'aria-label':`Close`,",
    times: 1,
  },
  {
    what: "mark the search as a dialog",
    find: "(cEe,{onClick:x,",
    put: "(cEe,{role:`dialog`,'aria-modal':!0,'aria-label':`Search`,onClick:x,",
    times: 1,
  },
  {
    what: "have one header of the page: the head of the search is none",
    find: /(?<=\buEe=L\.)header/,
    put: "div",
    times: 1,
  },
  {
    what: "name the button that clears the search",
    find: "(ATe,{variant:`ghost`,",
    put: "(ATe,{'aria-label':`Clear`,variant:`ghost`,",
    times: 1,
  },
];

/**
 * Makes Redoc's bundle fit for a strict Content-Security-Policy and for this site.
 *
 * @returns The script, and the font that stood in it.
 * @throws {Error} When the bundle is not the one that the replacements were written for.
 */
export function patchBundle(bundle: string): { script: string; treeIcons: Buffer } {
  return {
    script: replace(bundle, replacements),
    treeIcons: Buffer.from(treeIcons.exec(bundle)?.[1] ?? "", "base64"),
  };
}
