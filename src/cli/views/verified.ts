import { relative, resolve } from 'node:path';
import type { PlannedSegment } from '../../model/render-plan.ts';
import type { SegmentMessage } from '../../model/segment-message.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Colors } from '../terminal.ts';
import type { VerifyEvent } from '../wiring.ts';
import { encodedFields, shownFields } from './message-fields.ts';
import { count, quantity } from './quantities.ts';

export type ShownSegment = {
	readonly event: VerifyEvent;
	readonly planned: PlannedSegment | undefined;
	readonly message: SegmentMessage | undefined;
	/** Where its pictures and its message are kept to be looked at; null when nothing differs. */
	readonly folder: string | null;
};

const MOST_FILES = 5;

/** What a person is told of a segment; nothing when it is what it should be. Paths are shown relative to `cwd`. */
export const verifiedText = (shown: ShownSegment, { cwd, colors }: { readonly cwd: string; readonly colors: Colors }): string => {
	const { event, planned } = shown;
	const name = `segment ${event.segment.slice(0, 16)} (${planned?.label ?? ''}, ${quantity(planned?.frames ?? 0, 'frame')})`;
	const error = (code: string, words: string, lines: readonly string[]): string =>
		[`${colors.red(`error[${code}]`)} ${name} ${words}`, ...lines.map((line) => `  ${line}`), ''].join('\n');
	switch (event.type) {
		case 'segment-verified':
			return '';
		case 'segment-differs': {
			const { frame } = event.difference ?? {};
			const words = frame === undefined ? 'looks the same and reads differently' : `differs from its frame ${frame} on`;
			return error('RF7101', `${words}; it is set aside, and the next render draws it again`, [
				...lookAt(shown, 'stored.jpg and fresh.jpg'),
				...madeFrom(event.outputs.map((path) => relative(cwd, resolve(cwd, path)))),
			]);
		}
		case 'segment-impure': {
			const { frame } = event.difference ?? {};
			const since = frame === undefined ? '' : `, from its frame ${frame} on`;
			return error('RF7104', `was drawn more than once now, with different bytes${since}: the scene is not pure`, [
				...lookAt(shown, 'first.jpg and again.jpg'),
				'nobody can say which is right, so the stored one stays',
				'hint: draw from the frame and the props alone; what a component keeps between frames, or outside of itself, is not in its key',
			]);
		}
		case 'segment-damaged':
			return error('RF7102', 'is not what its record says, and was set aside', ['hint: the next render draws it again']);
		case 'segment-unverified':
			return error('RF7103', `could not be drawn again: ${event.failure.message}`, ['hint: see `reelform doctor`, then run it again']);
		default:
			return unreachable(event);
	}
};

/** The fields that matter, and where to look. */
const lookAt = ({ event, message, folder }: ShownSegment, pictures: string): readonly string[] => {
	const isSeen = 'difference' in event && event.difference !== null;
	const fields = message === undefined ? [] : isSeen ? shownFields(message) : encodedFields(message);
	return [...fields, `see ${isSeen ? `${pictures}, and ` : ''}message.json, in ${folder ?? ''}`];
};

const madeFrom = (paths: readonly string[]): readonly string[] => {
	if (paths.length === 0) return [];
	const more = paths.length - MOST_FILES;
	return [
		`made from it, and made again by the next render: ${paths.slice(0, MOST_FILES).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`,
	];
};

export type VerifyTally = {
	readonly verified: number;
	readonly wrong: number;
	readonly impure: number;
	readonly unknown: number;
	/** In the store, of all specs. */
	readonly stored: number;
};

/** What was looked through: so many specs, their drafts or what they are rendered as. */
export type VerifyScope = { readonly specs: number; readonly draft: boolean };

export const verifyResult = ({ verified, wrong, impure, unknown, stored }: VerifyTally, { specs, draft }: VerifyScope): string => {
	if (stored === 0) {
		const whose = specs === 1 ? 'this campaign' : 'these campaigns';
		return draft ? `No draft of ${whose} is in the store` : `Nothing of ${whose} is in the store (drafts: verify --draft)`;
	}
	const rest = [
		...(wrong > 0 ? [`${count(wrong)} wrong`] : []),
		...(impure > 0 ? [`${count(impure)} not pure`] : []),
		...(unknown > 0 ? [`${count(unknown)} not drawn`] : []),
	];
	const same = `${quantity(verified, 'segment')} of ${count(stored)} in the store drawn again with the same bytes`;
	return rest.length === 0 ? same : `${same}; ${rest.join(', ')}`;
};
