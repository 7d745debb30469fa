/** One link of a resolution chain: where a tool was looked for and what came of it. */
export type ToolLink = {
	/** As a person would say it: `REELFORM_BROWSER`, `system chromium`, `@sparticuz/chromium`. */
	readonly name: string;
	readonly result: 'chosen' | 'usable' | 'absent' | 'broken';
	/** Why, or where it is. */
	readonly detail: string;
};

/** How a tool was looked for. A tool without a chosen link is missing. */
export type ToolReport = {
	readonly tool: 'browser' | 'encoder';
	readonly version: string | null;
	/** In the order in which they are asked. */
	readonly links: readonly ToolLink[];
};
