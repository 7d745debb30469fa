/** One place where a tool was looked for. */
export type ToolLink = {
	/** As a person would say it: `REELFORM_BROWSER`, `chromium`, `@sparticuz/chromium`. */
	readonly name: string;
	readonly state: 'chosen' | 'not-found' | 'unusable' | 'not-needed';
	readonly path: string | null;
	readonly version: string | null;
	/** Why it is in that state, in one line. */
	readonly why: string;
};

/** How one of the tools that rendering cannot do without was looked for. `links` are in the order in which they were asked. */
export type ToolReport = { readonly tool: 'browser' | 'encoder'; readonly links: readonly ToolLink[] };

/** The link that was taken, or null when the tool is missing. */
export const chosenLink = ({ links }: ToolReport): ToolLink | null => links.find((link) => link.state === 'chosen') ?? null;
