/** The text of a spec and the name that diagnostics use for it. */
export type SpecSource = { readonly file: string; readonly text: string };
