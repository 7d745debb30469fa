import { resolve } from 'node:path';
import { surveySpec } from '../compiler/pipeline.ts';
import { SourceFailure } from '../ports/data-sources.ts';
import type { OpenDataSources } from '../providers/data/open-data-sources.ts';
import { readSpecFile } from './read-spec-file.ts';
import { type CompilePlace, openData } from './wire-compile.ts';
import type { Wiring } from './wiring.ts';

/** Joins the `live` sources of a spec to the network of this machine. */
export const wireLive = (place: Omit<CompilePlace, 'componentCodes'>): Pick<Wiring, 'followLive'> => ({
	followLive: async (file, onChange, signal) => {
		const text = await readSpecFile(place.cwd, file);
		const checked = text.ok ? surveySpec({ file, text: text.value }).outcome : null;
		const sources = checked?.ok ? (checked.value.spec.data ?? {}) : {};
		const live = Object.keys(sources).filter((name) => sources[name]?.type === 'live');
		if (live.length === 0) return;
		const data = openData(place, sources, resolve(place.cwd, file));
		if (signal.aborted) return;
		signal.addEventListener('abort', () => void data.close(), { once: true });
		await Promise.all(live.map((name) => readOnce(data, name)));
		for (const name of live) void follow(data, name, { onChange, signal });
	},
});

/** What a source says now is what it is compared with later; one that does not answer yet has changed when it does. */
const readOnce = async (data: OpenDataSources, name: string): Promise<void> => {
	try {
		for await (const _ of data.records(name)) return;
	} catch (error) {
		if (!(error instanceof SourceFailure)) throw error;
	}
};

type Following = { readonly onChange: (source: string) => void; readonly signal: AbortSignal };

const follow = async (data: OpenDataSources, name: string, { onChange, signal }: Following): Promise<void> => {
	for await (const _ of data.watchLive(name, signal)) onChange(name);
};
