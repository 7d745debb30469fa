import { join, relative, resolve } from 'node:path';
import type { SegmentKey } from '../../model/keys.ts';
import type { ExecutablePlan } from '../../model/render-plan.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { loadCampaign, planLoaded } from '../load-campaign.ts';
import { refuseWithoutTools } from '../prepare-render.ts';
import { jsonDocument, jsonLine } from '../views/json.ts';
import { count, quantity } from '../views/quantities.ts';
import type { VerifiedSegment, VerifyEvent } from '../wiring.ts';
import { writeWhole } from '../write-file.ts';

export type VerifyFlags = {
	readonly sample?: number;
	readonly all?: boolean;
	readonly draft?: boolean;
	readonly concurrency?: number;
	readonly frameSource?: 'stage' | 'remotion';
	readonly json?: boolean;
};

const DEFAULT_SAMPLE = 10;

/** Draws segments of a campaign that are in the store once more, and compares them byte for byte. */
export const verify = async (context: CliContext, spec: string, flags: VerifyFlags): Promise<ExitCode> => {
	const json = flags.json ?? false;
	const loaded = await loadCampaign(context, spec, { json, ...(flags.draft === undefined ? {} : { draft: flags.draft }) });
	if (typeof loaded === 'number') return loaded;
	const lacking = await refuseWithoutTools(context, json);
	if (lacking !== null) return lacking;
	const wiring = await context.wiring();
	const plan = await planLoaded(context, loaded);
	const stored = plan.plan.segments.filter(({ action }) => action === 'reuse').map(({ key }) => key);
	const keys = flags.all ? stored : sampleOf(stored, flags.sample ?? DEFAULT_SAMPLE);
	const { assetFile, components } = loaded.compilation;
	const request = {
		...{ plan, keys, assetFile, components, frameSource: flags.frameSource ?? null },
		concurrency: flags.concurrency ?? wiring.defaultConcurrency,
	};
	const tally = { verified: 0, wrong: 0, unknown: 0 };
	const signal = context.interruption();
	let isFirst = true;
	for await (const event of wiring.verify(request, signal)) {
		if (event.type === 'segment-verified') tally.verified++;
		else if (event.type === 'segment-unverified') tally.unknown++;
		else tally.wrong++;
		const shown = await keepEvidence(context, plan, event);
		if (json) context.stdout.write(jsonLine(shown, isFirst));
		else if (event.type !== 'segment-verified') context.stderr.write(wordsFor(context, plan, shown));
		isFirst = false;
	}
	if (signal.aborted) return EXIT.interrupted;
	if (json && isFirst) context.stdout.write(jsonDocument({ verified: 0, stored: stored.length }));
	if (!json) context.stdout.write(`${resultLine(tally, stored.length)}\n`);
	return tally.wrong + tally.unknown > 0 ? EXIT.failedOutputs : EXIT.done;
};

/** Spread over the store, and the same ones for the same store: keys are as good as dice. */
const sampleOf = (keys: readonly SegmentKey[], size: number): readonly SegmentKey[] =>
	[...keys].sort((a, b) => (a.slice(32) < b.slice(32) ? -1 : 1)).slice(0, size);

type Shown = VerifyEvent & { readonly folder?: string; readonly frame?: number };

/** Writes both pictures and the message of a segment that differs where a person can look at them. */
const keepEvidence = async (
	{ cwd }: CliContext,
	{ messages }: ExecutablePlan,
	{ difference, ...event }: VerifiedSegment,
): Promise<Shown> => {
	if (event.type !== 'segment-differs') return event;
	const folder = join('.reelform', 'verify', event.segment.slice(0, 16));
	const write = (name: string, content: string | Uint8Array): Promise<void> => writeWhole(resolve(cwd, folder, name), content);
	await write('message.json', `${JSON.stringify(messages[event.segment], null, '\t')}\n`);
	if (difference !== null && difference !== undefined) {
		await write('stored.jpg', difference.stored);
		await write('fresh.jpg', difference.fresh);
	}
	return { ...event, folder, ...(difference ? { frame: difference.frame } : {}) };
};

const wordsFor = ({ cwd, stderr }: CliContext, { plan }: ExecutablePlan, event: Shown): string => {
	const segment = plan.segments.find(({ key }) => key === event.segment);
	const name = `segment ${event.segment.slice(0, 16)} (${segment?.label ?? ''}, ${quantity(segment?.frames ?? 0, 'frame')})`;
	const error = (code: string, words: string, hint: string): string =>
		`${stderr.colors.red(`error[${code}]`)} ${name} ${words}\n  hint: ${hint}\n`;
	switch (event.type) {
		case 'segment-verified':
			return '';
		case 'segment-differs': {
			const where = event.frame === undefined ? 'looks the same and reads differently' : `differs from its frame ${event.frame} on`;
			const folder = relative(cwd, resolve(cwd, event.folder ?? ''));
			return error(
				'RF7101',
				where,
				`see stored.jpg, fresh.jpg and message.json in ${folder}; take the stored one out with \`reelform cache prune --max-size 0\``,
			);
		}
		case 'segment-damaged':
			return error('RF7102', 'is not what its record says, and was set aside', 'the next render draws it again');
		case 'segment-unverified':
			return error('RF7103', `could not be drawn again: ${event.failure.message}`, 'see `reelform doctor`, then run it again');
	}
};

const resultLine = (tally: { readonly verified: number; readonly wrong: number; readonly unknown: number }, stored: number): string => {
	if (stored === 0) return 'Nothing of this campaign is in the store';
	const rest = [
		...(tally.wrong > 0 ? [`${count(tally.wrong)} wrong`] : []),
		...(tally.unknown > 0 ? [`${count(tally.unknown)} not drawn`] : []),
	];
	return `${quantity(tally.verified, 'segment')} of ${count(stored)} in the store drawn again: ${rest.length === 0 ? 'the same bytes' : rest.join(', ')}`;
};
