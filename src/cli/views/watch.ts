import { relative } from 'node:path';
import type { PlanDifference } from '../../compiler/pipeline.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Colors } from '../terminal.ts';
import type { WatchEvent } from '../watch/watch-campaign.ts';
import { diagnosticsText, tallyText } from './diagnostics.ts';
import { diagnosticJson, jsonLine } from './json.ts';
import { sumLine } from './plan.ts';
import { count, quantity } from './quantities.ts';

/** How a watch event reads to a person: plans on stdout, the rest on stderr. */
export type WatchWords = { readonly out: string; readonly err: string };

/** `cwd` shortens the names of files. `colors` are those of stderr. */
export const watchWords = (event: WatchEvent, cwd: string, colors: Colors): WatchWords => {
	switch (event.type) {
		case 'watching': {
			const [spec = '', ...named] = event.files.map((file) => relative(cwd, file));
			return { out: '', err: `Watching ${spec}${named.length === 0 ? '' : ` and ${quantity(named.length, 'file')} that it names`}\n` };
		}
		case 'planned':
			return { out: `${sumLine(event.plan)}\n`, err: faultText(event, colors) };
		case 'replanned':
			return { out: `${differenceText(event.difference)}\n`, err: faultText(event, colors) };
		case 'failed': {
			const kept =
				event.kept === null ? 'There is no plan yet' : `The last good plan is kept: ${quantity(event.kept.summary.outputs, 'output')}`;
			return { out: '', err: `${faultText(event, colors)}${kept}\n` };
		}
		default:
			return unreachable(event);
	}
};

type WithFaults = Extract<WatchEvent, { readonly type: 'failed' | 'planned' | 'replanned' }>;

const faultText = ({ diagnostics, sources }: WithFaults, colors: Colors): string =>
	diagnostics.length === 0 ? '' : `${diagnosticsText(diagnostics, sources, colors)}\n${tallyText(diagnostics)}\n`;

/** `~ 3 changed  = 69 unchanged: 2 new segments, 120 frames to render (close: changed: scenes[0].layers[1].runs[0].text)`. */
const differenceText = ({ outputs, segments, framesToRender }: PlanDifference): string => {
	const parts = [
		outputs.added.length > 0 ? `+ ${count(outputs.added.length)} new` : '',
		outputs.changed.length > 0 ? `~ ${count(outputs.changed.length)} changed` : '',
		outputs.removed.length > 0 ? `- ${count(outputs.removed.length)} removed` : '',
	].filter((part) => part !== '');
	if (parts.length === 0) return `No change: ${quantity(outputs.unchanged, 'output')} as before`;
	if (outputs.unchanged > 0) parts.push(`= ${count(outputs.unchanged)} unchanged`);
	const scenes = [...new Set(segments.map((segment) => segment.label))];
	const where =
		scenes.length === 0 ? '' : ` in ${scenes.slice(0, 4).join(', ')}${scenes.length > 4 ? ` and ${scenes.length - 4} more` : ''}`;
	return `${parts.join('  ')}: ${quantity(segments.length, 'new segment')}${where}, ${quantity(framesToRender, 'frame')} to render`;
};

/** The same event as a line of `watch --json`. */
export const watchJson = (event: WatchEvent, specFile: string, isFirst: boolean): string => {
	switch (event.type) {
		case 'watching':
			return jsonLine({ type: event.type, files: event.files }, isFirst);
		case 'planned':
			return jsonLine({ type: event.type, summary: event.plan.summary, diagnostics: faults(event, specFile) }, isFirst);
		case 'replanned':
			return jsonLine(
				{ type: event.type, summary: event.plan.summary, difference: event.difference, diagnostics: faults(event, specFile) },
				isFirst,
			);
		case 'failed':
			return jsonLine({ type: event.type, kept: event.kept?.summary ?? null, diagnostics: faults(event, specFile) }, isFirst);
		default:
			return unreachable(event);
	}
};

const faults = ({ diagnostics, sources }: WithFaults, file: string): readonly object[] =>
	diagnostics.map((diagnostic) => diagnosticJson(diagnostic, file, sources));
