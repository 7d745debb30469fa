/** One place where a tool was looked for. */
export type ChainLink = {
	readonly name: string;
	readonly state: 'chosen' | 'not-found' | 'unusable' | 'not-needed';
	readonly path: string | null;
	readonly version: string | null;
	/** Why it is in that state, in one line for the user. */
	readonly why: string;
};

/** What a chain of places came to: every link in order, and the first that works. */
export type Resolution<Choice> = { readonly links: readonly ChainLink[]; readonly chosen: Choice | null };

/** What looking at one place gave. `stop` ends the search without a choice: the user has asked for this one and it does not work. */
export type Finding<Choice> =
	| { readonly state: 'found'; readonly choice: Choice; readonly path: string; readonly version: string; readonly why: string }
	| { readonly state: 'not-found' | 'unusable' | 'stop'; readonly path: string | null; readonly why: string };

export type Place<Choice> = { readonly name: string; readonly look: () => Promise<Finding<Choice>> };

/** Looks at one place after the other and stops at the first that works. */
export const resolveChain = async <Choice>(places: readonly Place<Choice>[]): Promise<Resolution<Choice>> => {
	const links: ChainLink[] = [];
	for (const [index, { name, look }] of places.entries()) {
		const finding = await look();
		if (finding.state === 'found' || finding.state === 'stop') {
			const found = finding.state === 'found';
			const version = found ? finding.version : null;
			links.push({ name, state: found ? 'chosen' : 'unusable', path: finding.path, version, why: finding.why });
			const why = found ? `${name} is there` : `${name} decides`;
			for (const rest of places.slice(index + 1)) links.push({ name: rest.name, state: 'not-needed', path: null, version: null, why });
			return { links, chosen: found ? finding.choice : null };
		}
		links.push({ name, state: finding.state, path: finding.path, version: null, why: finding.why });
	}
	return { links, chosen: null };
};
