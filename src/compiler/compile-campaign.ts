import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { conclude } from '../diagnostics/diagnostic.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import type { EncoderProfile } from '../model/segment-message.ts';
import { type Selection, selects } from '../model/selection.ts';
import type { Inputs } from '../ports/inputs.ts';
import { checkProps } from './check-props.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { expand } from './expand.ts';
import { makeLowerer } from './lower.ts';
import { nameOutputs } from './name-outputs.ts';
import { makeSegmenter, type Segment } from './segment.ts';

export type CompileOptions = {
	/** Half size, for a quick look. */
	readonly draft: boolean;
	readonly select: Selection | null;
	/** At most this many outputs. */
	readonly limit: number | null;
};

/** One output with what it plays, in order. */
export type CompiledOutput = { readonly cell: Cell; readonly path: string; readonly frames: number; readonly segments: readonly Segment[] };

export type CompiledCampaign = { readonly campaign: string; readonly file: string; readonly outputs: readonly CompiledOutput[] };

const FINAL: EncoderProfile = { codec: 'h264', preset: 'veryfast', crf: 18, threads: 2, jpegQuality: 92 };
const DRAFT: EncoderProfile = { codec: 'h264', preset: 'ultrafast', crf: 26, threads: 2, jpegQuality: 80 };

/** Stages 4 to 6: cells, names, timelines, segments. Every cell is lowered and checked, also those that are not selected. */
export const compileCampaign = (checked: CheckedSpec, inputs: Inputs, options: CompileOptions): Outcome<CompiledCampaign> => {
	const expanded = expand(checked, { draft: options.draft });
	if (!expanded.ok) return expanded;
	const named = nameOutputs(checked, expanded.value);
	const diagnostics: Diagnostic[] = [...expanded.diagnostics, ...named.diagnostics, ...checkProps(checked, inputs)];
	const lowerCell = makeLowerer(checked, inputs);
	const segment = makeSegmenter(options.draft ? DRAFT : FINAL, inputs.fonts);
	const outputs: CompiledOutput[] = [];
	for (const cell of expanded.value) {
		const timeline = lowerCell(cell);
		diagnostics.push(...timeline.diagnostics.map((d) => ({ ...d, cells: [cell.id] })));
		const isWanted =
			(options.limit === null || outputs.length < options.limit) && (options.select === null || selects(options.select, axesOf(cell)));
		if (!timeline.ok || !named.ok || !isWanted) continue;
		outputs.push({
			cell,
			path: named.value.get(cell.id)!,
			frames: timeline.value.frames,
			segments: segment(timeline.value),
		});
	}
	return conclude({ campaign: checked.spec.campaign, file: checked.file, outputs }, mergeByPlace(diagnostics));
};

/** One diagnostic for each problem, with all the cells that have it. */
export const mergeByPlace = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
	const merged = new Map<string, Diagnostic>();
	for (const diagnostic of diagnostics) {
		const key = JSON.stringify([diagnostic.code, diagnostic.range ?? null, diagnostic.summary]);
		const known = merged.get(key);
		const cells = [...(known?.cells ?? []), ...(diagnostic.cells ?? [])];
		merged.set(key, { ...(known ?? diagnostic), ...(cells.length === 0 ? {} : { cells: [...new Set(cells)] }) });
	}
	return [...merged.values()];
};
