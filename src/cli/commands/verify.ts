import { join, resolve } from 'node:path';
import { codeOf, type Failure, RenderFailure } from '../../model/failure.ts';
import type { SegmentKey } from '../../model/keys.ts';
import type { ExecutablePlan } from '../../model/render-plan.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { findSpecs } from '../find-specs.ts';
import { compileOptions, refuseCompilation } from '../load-campaign.ts';
import { refuseWithoutTools } from '../prepare-render.ts';
import { refuse } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import { jsonDocument, jsonLine } from '../views/json.ts';
import { type VerifyTally, verifiedText, verifyResult } from '../views/verified.ts';
import type { Compilation, VerifyEvent, VerifyRequest, Wiring } from '../wiring.ts';
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

/**
 * Draws segments that are in the store once more, and compares them byte for byte: those of a spec, or of all specs of the project.
 * @throws UsageError for flags that contradict each other, and where there is no spec
 */
export const verify = async (context: CliContext, spec: string | undefined, flags: VerifyFlags): Promise<ExitCode> => {
	if (flags.all && flags.sample !== undefined) throw new UsageError('--all and --sample contradict each other', 'leave one of them out');
	const specs = spec === undefined ? await findSpecs(context.cwd) : [spec];
	if (specs.length === 0)
		throw new UsageError('there is no *.campaign.yaml in this folder or below it', 'name a spec: reelform verify <spec>');
	const search: Search = {
		specs,
		flags,
		known: new Set(),
		tally: { verified: 0, wrong: 0, impure: 0, unknown: 0, stored: 0 },
		refused: new Set(),
	};
	const found = storedParts(context, search);
	const ended = await verifyParts(context, search, flags.all ? found : sampled(found, flags.sample ?? DEFAULT_SAMPLE)).catch((error) => {
		if (!(error instanceof RenderFailure)) throw error;
		return refuseFailure(context, error.failure, flags.json ?? false);
	});
	return search.refused.size > 0 && ended !== EXIT.interrupted && ended !== EXIT.machine ? EXIT.invalid : ended;
};

/** Of what all drawing needs, before any segment is drawn: those that cannot be drawn are events. */
const refuseFailure = (context: CliContext, failure: Failure, json: boolean): ExitCode => {
	const isDisk = failure.class === 'DISK';
	const hint = isDisk ? 'make room there or mend its permissions; for temporary files TMPDIR names another place' : failure.detail;
	const diagnostic = {
		code: codeOf(failure),
		severity: 'error',
		summary: failure.message,
		...(hint === undefined ? {} : { hint }),
	} as const;
	refuse(context, { file: context.cwd, diagnostics: [diagnostic], sources: new Map() }, json);
	return isDisk ? EXIT.machine : EXIT.failedOutputs;
};

/** What is looked through, and what was found so far. */
type Search = {
	readonly specs: readonly string[];
	readonly flags: VerifyFlags;
	/** Segments that were met: what two specs share is verified once. */
	readonly known: Set<SegmentKey>;
	readonly tally: Record<keyof VerifyTally, number>;
	/** Specs that cannot be compiled, in whole or in part. */
	readonly refused: Set<string>;
};

/** A spec, or a group of its recipients, and which segments of it are verified. */
type Part = {
	readonly file: string;
	readonly compilation: Compilation;
	readonly plan: ExecutablePlan;
	readonly keys: readonly SegmentKey[];
};

/** All that the store has of the specs. Those that cannot be compiled are told. */
async function* storedParts(context: CliContext, search: Search): AsyncGenerator<Part> {
	const wiring = await context.wiring();
	wiring.tools().catch(() => {});
	for (const file of search.specs) {
		for await (const compilation of compilations(wiring, file, search.flags)) {
			const { outcome } = compilation;
			if (!outcome.ok) {
				search.refused.add(file);
				refuseCompilation(context, compilation, search.flags.json ?? false);
				continue;
			}
			if (outcome.value.outputs.length === 0) continue;
			const plan = await wiring.plan(outcome.value, null, compilation.assetCache);
			const keys = plan.plan.segments.filter(({ action, key }) => action === 'reuse' && !search.known.has(key)).map(({ key }) => key);
			for (const key of keys) search.known.add(key);
			search.tally.stored += keys.length;
			yield { file, compilation, plan, keys };
		}
	}
}

/** A campaign that is too large to be held comes in groups of recipients. */
async function* compilations(wiring: Wiring, file: string, flags: VerifyFlags): AsyncGenerator<Compilation> {
	const options = compileOptions(flags.draft === undefined ? {} : { draft: flags.draft });
	const whole = await wiring.compile(file, options, 'replay-if-kept');
	const batched = whole.tooMany === undefined ? { refused: whole } : await wiring.compileBatches(file, options, 'replay-if-kept');
	if ('refused' in batched) yield batched.refused;
	else yield* batched.batches;
}

/** So many segments of all, spread over the store, and the same ones for the same store: keys are as good as dice. */
async function* sampled(parts: AsyncIterable<Part>, size: number): AsyncGenerator<Part> {
	let chosen: readonly { readonly key: SegmentKey; readonly part: Part }[] = [];
	for await (const part of parts) {
		const all = [...chosen, ...part.keys.map((key) => ({ key, part }))];
		chosen = all.sort((a, b) => (a.key.slice(32) < b.key.slice(32) ? -1 : 1)).slice(0, size);
	}
	for (const part of new Set(chosen.map((one) => one.part)))
		yield { ...part, keys: chosen.filter((one) => one.part === part).map(({ key }) => key) };
}

const verifyParts = async (
	context: CliContext,
	{ specs, flags, tally, refused }: Search,
	parts: AsyncIterable<Part>,
): Promise<ExitCode> => {
	const json = flags.json ?? false;
	const signal = context.interruption();
	let isFirst = true;
	for await (const part of parts) {
		if (part.keys.length === 0) continue;
		const lacking = await refuseWithoutTools(context, json);
		if (lacking !== null) return lacking;
		for await (const event of (await context.wiring()).verify(await requestFor(context, part, flags), signal)) {
			tally[PLACE[event.type]]++;
			const folder = await keepEvidence(context, part, event);
			if (json) context.stdout.write(jsonLine({ ...withoutPictures(event), spec: part.file, ...(folder && { folder }) }, isFirst));
			else context.stderr.write(tell(context, part, { event, folder }));
			isFirst = false;
		}
		if (signal.aborted) return EXIT.interrupted;
	}
	if (json && isFirst && refused.size === 0) context.stdout.write(jsonDocument({ verified: 0, stored: tally.stored }));
	if (!json && refused.size < specs.length)
		context.stdout.write(`${verifyResult(tally, { specs: specs.length, draft: flags.draft ?? false })}\n`);
	return tally.wrong + tally.impure + tally.unknown > 0 ? EXIT.failedOutputs : EXIT.done;
};

const PLACE = {
	'segment-verified': 'verified',
	'segment-differs': 'wrong',
	'segment-damaged': 'wrong',
	'segment-impure': 'impure',
	'segment-unverified': 'unknown',
} as const satisfies Readonly<Record<VerifyEvent['type'], string>>;

const requestFor = async (context: CliContext, { compilation, plan, keys }: Part, flags: VerifyFlags): Promise<VerifyRequest> => {
	const { assetFile, components } = compilation;
	const concurrency = flags.concurrency ?? (await context.wiring()).defaultConcurrency;
	return { plan, keys, assetFile, components, concurrency, frameSource: flags.frameSource ?? null };
};

/** What the two pictures of a difference are called. */
const PICTURES = { 'segment-differs': ['stored.jpg', 'fresh.jpg'], 'segment-impure': ['first.jpg', 'again.jpg'] } as const;

/** Writes both pictures and the message of a segment that differs where a person can look at them. Returns the folder; null when nothing differs. */
const keepEvidence = async ({ cwd }: CliContext, { plan }: Part, event: VerifyEvent): Promise<string | null> => {
	if (event.type !== 'segment-differs' && event.type !== 'segment-impure') return null;
	const folder = join('.reelform', 'verify', event.segment.slice(0, 16));
	const write = (name: string, content: string | Uint8Array): Promise<void> => writeWhole(resolve(cwd, folder, name), content);
	await write('message.json', `${JSON.stringify(plan.messages[event.segment], null, '\t')}\n`);
	const [one, other] = PICTURES[event.type];
	if (event.difference !== null) {
		await write(one, event.difference.stored);
		await write(other, event.difference.fresh);
	}
	return folder;
};

const withoutPictures = (event: VerifyEvent): object => {
	if (!('difference' in event)) return event;
	const { difference, ...rest } = event;
	return { ...rest, frame: difference?.frame ?? null };
};

type Told = { readonly event: VerifyEvent; readonly folder: string | null };

const tell = ({ cwd, stderr }: CliContext, { plan }: Part, { event, folder }: Told): string => {
	const planned = plan.plan.segments.find(({ key }) => key === event.segment);
	return verifiedText({ event, folder, planned, message: plan.messages[event.segment] }, { cwd, colors: stderr.colors });
};
