import { type EmittedFile, emitComponent, emitEntry } from '../compiler/pipeline.ts';
import type { ComponentFacts } from '../model/inputs.ts';
import { componentsOf, type SegmentMessage } from '../model/segment-message.ts';

/** Code of components by its hash, as campaigns were compiled. */
export type ComponentCodes = ReadonlyMap<string, { readonly facts: ComponentFacts; readonly text: string }>;

export type CodeRequest = {
	readonly specName: string;
	readonly campaign: string;
	/** What is drawn: the components in it are in the entry, and no other. */
	readonly messages: Iterable<SegmentMessage>;
	/** More components, by the hashes of their code: those that later messages will draw. */
	readonly components?: readonly string[];
};

/** The generated entry, and after it the modules that it imports. @throws Error for a component that was never compiled. */
export const generateCode = (
	codes: ComponentCodes,
	{ specName, campaign, messages, components: more = [] }: CodeRequest,
): readonly [EmittedFile, ...EmittedFile[]] => {
	const inUse = new Set([...more, ...[...messages].flatMap(componentsOf)]);
	const components = [...inUse].map((code) => {
		const known = codes.get(code);
		if (known === undefined) throw new Error(`no code is known for the component ${code}`);
		return known;
	});
	const entry = emitEntry({ specName, campaign, components: components.map(({ facts }) => facts) });
	return [entry, ...components.map(({ facts, text }) => emitComponent(facts, text)).sort((a, b) => (a.path < b.path ? -1 : 1))];
};
