import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { mergeByPlace } from './compile-campaign.ts';
import type { DraftSpec } from './draft-spec.ts';
import { expand } from './expand.ts';
import { fitCell } from './fit-cell.ts';
import { nameOutputs } from './name-outputs.ts';

export type FaultySpec = Pick<CheckedSpec, 'file' | 'rangeOf'> & {
	readonly spec: DraftSpec;
	/** What is known to be wrong. */
	readonly faults: readonly Diagnostic[];
};

/** A name that is not known, or stands for two things, leaves open which scenes and cells there are. */
const UNSETTLING: ReadonlySet<Code> = new Set(['RF3001', 'RF3002', 'RF3008', 'RF3009']);

/**
 * What is wrong with the cells of a spec that has faults elsewhere: outputs that share a name, scenes that do not fit. Nothing when a fault touches what
 * names and lengths depend on: then nothing certain can be said before it is mended.
 */
export const checkCells = ({ file, rangeOf, spec, faults }: FaultySpec): readonly Diagnostic[] => {
	const bare = withoutPictures(spec);
	if (hasHole(bare) || faults.some((fault) => UNSETTLING.has(fault.code))) return [];
	const checked: CheckedSpec = { file, rangeOf, spec: bare as CampaignSpec };
	const cells = expand(checked, { draft: false });
	if (!cells.ok) return cells.diagnostics;
	const fits = cells.value.flatMap((cell) => fitCell(checked, cell).diagnostics.map((d) => ({ ...d, cells: [cell.id] })));
	return mergeByPlace([...cells.diagnostics, ...nameOutputs(checked, cells.value).diagnostics, ...fits]);
};

/** Names and lengths do not depend on what is drawn, nor on what a call to action says. */
const withoutPictures = ({ brand: _, ctas, scenes, ...rest }: DraftSpec): DraftSpec => ({
	...rest,
	...(ctas && { ctas: Object.fromEntries(Object.keys(ctas).map((name) => [name, { text: name }])) }),
	scenes: (scenes ?? []).map((scene) => {
		if (scene === undefined) return undefined;
		const { layers: _layers, background: _background, ...timing } = scene;
		return timing;
	}),
});

const hasHole = (value: unknown): boolean =>
	value === undefined || (typeof value === 'object' && value !== null && Object.values(value).some(hasHole));
