import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureLoudness } from '../../src/audio/mix/loudness.ts';
import type { AudioMessage } from '../../src/model/audio.ts';
import type { RenderEvent } from '../../src/model/events.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import type { SpokenSentence } from '../../src/model/sound.ts';
import { openFlite } from '../../src/providers/voice/flite.ts';
import { openAudioStore } from '../../src/renderer/audio-store.ts';
import { decodeSound } from '../../src/renderer/decode-sound.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeFailingFileSystem, makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { type Campaign, type CampaignSound, makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';
import { distDirectory } from '../support/dist.ts';
import { decodingErrors, findFfmpeg } from '../support/ffmpeg.ts';
import { makeAudioMessage, makeCue, music, soundAsset, speech } from '../support/mixes.ts';
import { largestStep, RATE } from '../support/sounds.ts';

const Sound = suite('renderer/execute-sound');

const never = new AbortController().signal;
const outputs = { one: 'a5 s3 b4', two: 's3 a5 c4', still: 'a5' } as const;
/** As long as the outputs, at ten frames a second. */
const LENGTH = { frames: 12, fps: 10 } as const;
const SECONDS = 1.2;
const song = (seed: number): AudioMessage => makeAudioMessage(SECONDS, [makeCue('music', music(seed))], LENGTH);
const shared: CampaignSound = { sounds: { one: song(1), two: song(1) } };

const inCampaign = (title: string, test: (campaign: Campaign) => Promise<void>, sound: CampaignSound = shared): void => {
	Sound(title, () => makeDirectory(async (directory) => test(await makeCampaign(directory, outputs, 2, sound))));
};

const of = <Type extends RenderEvent['type']>(
	events: readonly RenderEvent[],
	type: Type,
): readonly Extract<RenderEvent, { type: Type }>[] =>
	events.filter((event): event is Extract<RenderEvent, { type: Type }> => event.type === type);

const mixFile = (campaign: Campaign, output: string): string => {
	const key = campaign.audio(output);
	return join(campaign.directory, '.reelform/store/mixes', key.slice(0, 2), `${key}.m4a`);
};
const leftovers = async ({ directory }: Campaign): Promise<readonly string[]> =>
	((await readdir(directory, { recursive: true })) as string[]).filter((name) => name.includes('.reelform-'));

inCampaign('outputs with one sound mix it once; a silent output beside them is what it is without', async (campaign) => {
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.equal(summary.mixes, { mixed: 1, reused: 0, failed: 0 });
	assert.equal(
		of(events, 'mix-finished').map(({ mix, reused }) => [mix, reused]),
		[[campaign.audio('one'), false]],
	);
	assert.is(of(events, 'mix-started').length, 1);
	const ffmpeg = await findFfmpeg();
	for (const name of ['one', 'two']) {
		const file = join(campaign.directory, 'out', `${name}.mp4`);
		const facts = await readMediaFacts(nodeFileSystem, file);
		assert.equal([facts.frames, facts.fastStart, facts.audio?.codec, facts.audio?.channels], [LENGTH.frames, true, 'aac', 2]);
		assert.ok(Math.abs((facts.audio?.seconds ?? 0) - SECONDS) < 0.001);
		assert.is(decodingErrors(ffmpeg, file), '');
		const { integrated, truePeak } = measureLoudness(await decodeSound(ffmpeg, { path: file, seconds: 60 }, never));
		assert.ok(Math.abs(integrated + 14) < 0.5 && truePeak <= -1, `${integrated} LUFS, ${truePeak} dBTP`);
		const report = of(events, 'output-finished').find(({ output }) => output === name)?.report;
		assert.equal(report?.loudness, { integrated, truePeak });
	}
	const still = (await campaign.published())['still.mp4'];
	await makeDirectory(async (directory) => {
		const silent = await makeCampaign(directory, outputs);
		const { summary: without } = await silent.run({ sound: undefined as never });
		assert.is((await silent.published())['still.mp4'], still);
		assert.not('mixes' in without);
	});
});

inCampaign('a second run mixes nothing; another song draws nothing and makes again only what plays it', async (campaign) => {
	await campaign.run();
	const drawn = await campaign.picturesDrawn();
	assert.equal((await campaign.run()).summary.outputs, { finished: 0, unchanged: 3, failed: 0 });
	const before = await campaign.published();
	const next = await makeCampaign(campaign.directory, outputs, 2, { sounds: { one: song(1), two: song(2) } });
	const { summary } = await next.run({ prepareBundle: () => Promise.reject(new Error('nothing is drawn')) });
	assert.equal(summary.outputs, { finished: 1, unchanged: 2, failed: 0 });
	assert.equal([summary.frames.rendered, summary.mixes], [0, { mixed: 1, reused: 1, failed: 0 }]);
	assert.is(await next.picturesDrawn(), drawn);
	const after = await next.published();
	assert.is.not(after['two.mp4'], before['two.mp4']);
	assert.equal((await campaign.run()).summary.mixes, { mixed: 0, reused: 1, failed: 0 });
	assert.equal(await campaign.published(), before);
});

inCampaign('a damaged mix is set aside and mixed again to the same bytes', async (campaign) => {
	await campaign.run();
	const before = await campaign.published();
	await rm(join(campaign.directory, 'out'), { recursive: true });
	const file = mixFile(campaign, 'one');
	const bytes = await readFile(file);
	bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
	await chmod(file, 0o644);
	await writeFile(file, bytes);
	const { summary } = await campaign.run();
	assert.equal([summary.outputs.finished, summary.mixes, summary.segments.rendered], [3, { mixed: 1, reused: 0, failed: 0 }, 0]);
	assert.equal(await campaign.published(), before);
	assert.is((await readdir(join(campaign.directory, '.reelform/store/quarantine'))).length, 2);
	assert.equal((await campaign.run()).summary.outputs.unchanged, 3);
});

inCampaign(
	'a sound that cannot be had fails only the outputs that play it, after a second attempt',
	async (campaign) => {
		const { events, summary } = await campaign.run();
		assert.equal(
			[summary.outputs, summary.mixes],
			[
				{ finished: 2, unchanged: 0, failed: 1 },
				{ mixed: 1, reused: 0, failed: 1 },
			],
		);
		assert.equal(
			of(events, 'mix-failed').map(({ failure, willRetry }) => [failure.class, willRetry]),
			[
				['MIX', true],
				['MIX', false],
			],
		);
		assert.match(of(events, 'output-failed')[0]?.failure.message ?? '', /nowhere.wav cannot be read/);
		assert.equal(Object.keys(await campaign.published()), ['one.mp4', 'still.mp4']);
		assert.equal(await leftovers(campaign), []);
	},
	{
		sounds: {
			one: song(1),
			two: makeAudioMessage(SECONDS, [makeCue('clip', { type: 'clip', asset: soundAsset('c'), from: 0, seconds: 1, loop: false })], LENGTH),
		},
		prepared: { file: () => '/nowhere.wav' },
	},
);

inCampaign('a voice that says nothing is the failure that is told', async (campaign) => {
	const refuse = () => Promise.reject(new RenderFailure('MIX', 'the voice gave no sound'));
	const { summary, events } = await campaign.run({
		sound: {
			store: openAudioStore(join(campaign.directory, '.reelform/store')),
			workers: 1,
			openPool: () => assert.unreachable() as never,
			prepareSounds: refuse,
		},
	});
	assert.equal(summary.outputs, { finished: 1, unchanged: 0, failed: 2 });
	assert.is(of(events, 'output-failed')[0]?.failure.message, 'the voice gave no sound');
});

inCampaign('a plan whose message is not the one that the key names mixes nothing under that key', async (campaign) => {
	const key = campaign.audio('one');
	(campaign.plan as { sounds: object }).sounds = { [key]: song(9) };
	const { summary, events } = await campaign.run();
	assert.equal(summary.outputs, { finished: 1, unchanged: 0, failed: 2 });
	assert.match(of(events, 'mix-failed')[0]?.failure.message ?? '', /does not say what mix/);
});

inCampaign('a run that is interrupted while it mixes leaves nothing half done, and the next one ends it', async (campaign) => {
	const abort = new AbortController();
	const events: RenderEvent[] = [];
	let abortedAt = 0;
	for await (const event of await campaign.start({}, abort.signal)) {
		events.push(event);
		if (event.type !== 'mix-started') continue;
		abortedAt = performance.now();
		abort.abort();
	}
	assert.ok(performance.now() - abortedAt < 10_000);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished' && last.summary.interrupted);
	assert.equal([of(events, 'mix-failed'), of(events, 'output-failed')], [[], []]);
	assert.equal(await leftovers(campaign), []);
	const { summary } = await campaign.run();
	assert.equal([summary.outputs.finished, summary.mixes?.mixed], [3, 1]);
});

const pages = [
	{
		start: 0.2,
		end: 1.5,
		words: [
			{ text: 'Hi', start: 0.2, end: 0.6 },
			{ text: '<Ann>', start: 0.7, end: 1.4 },
		],
	},
] as const;

inCampaign(
	'captions lie beside their output; gone or changed ones are written again, and ones that are not wanted any more go',
	async (campaign) => {
		await campaign.run();
		const before = await campaign.published();
		assert.equal(Object.keys(before), ['one.mp4', 'one.srt', 'one.vtt', 'still.mp4', 'two.mp4']);
		const read = (name: string) => readFile(join(campaign.directory, 'out', name), 'utf8');
		assert.is(await read('one.srt'), '1\n00:00:00,200 --> 00:00:01,500\nHi <Ann>\n');
		assert.match(await read('one.vtt'), /^WEBVTT\n\n00:00:00.200 --> 00:00:01.500\nHi &lt;Ann&gt;\n$/);
		await rm(join(campaign.directory, 'out/one.srt'));
		await writeFile(join(campaign.directory, 'out/one.vtt'), 'edited');
		await rm(join(campaign.directory, '.reelform/store'), { recursive: true });
		assert.equal((await campaign.run()).summary.outputs, { finished: 0, unchanged: 3, failed: 0 });
		assert.equal(await campaign.published(), before);
		await writeFile(join(campaign.directory, 'out/two.srt'), 'of somebody else');
		const without = await makeCampaign(campaign.directory, outputs, 2, shared);
		assert.is((await without.run()).summary.outputs.unchanged, 3);
		assert.equal(Object.keys(await campaign.published()), ['one.mp4', 'still.mp4', 'two.mp4', 'two.srt']);
	},
	{ ...shared, captions: { one: pages } },
);

for (const [name, path] of [
	['a caption file', '.srt'],
	['the video', '.mp4'],
] as const) {
	inCampaign(
		`a full disk when ${name} is written is reported, and the next run ends it`,
		async (campaign) => {
			const fileSystem = makeFaultyFileSystem([{ call: 'sync', path, code: 'ENOSPC' }]);
			const { summary, events } = await campaign.run({ fileSystem });
			assert.ok(summary.outputs.failed >= 1);
			for (const { failure } of of(events, 'output-failed')) assert.is(failure.class, 'DISK');
			assert.equal(await leftovers(campaign), []);
			assert.is((await campaign.run()).summary.outputs.failed, 0);
			assert.equal(Object.keys(await campaign.published()), ['one.mp4', 'one.srt', 'one.vtt', 'still.mp4', 'two.mp4']);
		},
		{ ...shared, captions: { one: pages } },
	);
}

const short = makeAudioMessage(SECONDS, [makeCue('effect', { type: 'effect', name: 'pop', seed: 1 })], LENGTH);

const failingStore = async (campaign: Campaign): Promise<void> => {
	await campaign.run();
	const expected = await campaign.published();
	const store = join(campaign.directory, '.reelform/store');
	let steps = 0;
	for (let fired = true; fired; ) {
		await rm(join(campaign.directory, 'out'), { recursive: true });
		await rm(join(store, 'mixes'), { recursive: true, force: true });
		const fileSystem = makeFailingFileSystem(++steps, 'EIO');
		const sound = { store: openAudioStore(store, fileSystem) };
		const { summary } = await campaign.runWithSound(sound);
		fired = fileSystem.fired();
		assert.is(summary.outputs.finished + summary.outputs.failed, 3, `step ${steps}`);
		await campaign.run();
		assert.equal(await campaign.published(), expected, `step ${steps}`);
	}
	assert.ok(steps > 8, String(steps));
	assert.equal(await leftovers(campaign), []);
};
inCampaign('whichever call of the store of mixes fails, the run says so, and the next one mixes to the same bytes', failingStore, {
	sounds: { one: short, two: short },
});

Sound('a local voice over music: at its loudness, in time with its cue, and nothing clicks', () =>
	makeDirectory(async (directory) => {
		const flite = openFlite({ workerFile: resolve(distDirectory, 'providers/voice/flite-worker.js') });
		const source = speech('Hello there and welcome.');
		const at = 12;
		const message = (withMusic: boolean): AudioMessage =>
			makeAudioMessage(3, [...(withMusic ? [makeCue('music', music(1))] : []), makeCue('voice', source, { at })], { frames: 30, fps: 10 });
		const said = source.type === 'speech' && source.parts[0]?.kind === 'sentence' ? source.parts[0] : null;
		assert.ok(said);
		const result = await flite.synthesize({
			text: said.text,
			words: said.words.map(({ text }) => ({ text, spoken: text.replace('.', '').toLowerCase() })),
			voice: 'default',
			rate: 1,
			pitch: 1,
		});
		await flite.close();
		assert.ok(result.ok);
		const spoken: SpokenSentence = result.spoken;
		const sound = { sounds: { one: message(false), two: message(true) }, prepared: { sentence: () => spoken } };
		const campaign = await makeCampaign(directory, { one: 'a30', two: 'a30' }, 1, sound);
		const { summary } = await campaign.run();
		assert.equal([summary.outputs.finished, summary.mixes?.mixed], [2, 2]);
		const ffmpeg = await findFfmpeg();
		const heard = async (name: string) => decodeSound(ffmpeg, { path: join(directory, 'out', `${name}.mp4`), seconds: 9 }, never);
		const alone = (await heard('one')).channels[0] ?? new Float32Array();
		const onset = alone.findIndex((value) => Math.abs(value) > 0.01) / RATE;
		assert.ok(Math.abs(onset - at / 10) < 1 / 30, `${onset} s`);
		const both = await heard('two');
		const { integrated, truePeak } = measureLoudness(both);
		assert.ok(Math.abs(integrated + 14) < 0.5 && truePeak <= -1, `${integrated} LUFS, ${truePeak} dBTP`);
		assert.ok(largestStep(both.channels[0] ?? new Float32Array()) < 0.5);
	}),
);

Sound.run();
