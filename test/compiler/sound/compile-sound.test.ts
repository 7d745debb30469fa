import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileCampaign, planCampaign, share, speechNeeds } from '../../../src/compiler/pipeline.ts';
import { snapToBeats } from '../../../src/compiler/sound/snap-to-beats.ts';
import { type AudioMessage, audioKey } from '../../../src/model/audio.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import type { SpeechFacts } from '../../../src/model/inputs.ts';
import type { Inputs } from '../../../src/ports/inputs.ts';
import { realFonts } from '../../support/scene-requests.ts';
import { checked } from '../../support/specs.ts';

const Sound = suite('compiler/sound/compile-sound');

const toolchain = { runtime: 't', remotion: 't', react: 't', browser: 't', encoder: 't' };
const audioToolchain = { code: 'c', encoder: 'e' };
const fps = 30;

/** Every word takes 0.3 s, with 0.05 s of silence around. */
const said = (spec: Partial<CampaignSpec>, audience: Parameters<typeof speechNeeds>[1] = { recipients: null, values: null }) =>
	new Map(
		speechNeeds(checked(spec), audience).map(({ key, words }): [string, SpeechFacts] => [
			key,
			{
				seconds: words.length * 0.3 + 0.1,
				words: words.map(({ text }, index) => ({ text, start: 0.05 + index * 0.3, end: 0.05 + (index + 1) * 0.3 })),
				asset: null,
			},
		]),
	);

const compile = async (spec: Partial<CampaignSpec>, audience?: Parameters<typeof compileCampaign>[3]) => {
	const speech = said(spec, audience ?? { recipients: null, values: null });
	const inputs: Inputs = { fonts: await realFonts(), images: new Map(), icons: new Map(), speech };
	return compileCampaign(checked(spec), inputs, { draft: false, select: null, limit: null }, audience);
};

const outputsOf = async (spec: Partial<CampaignSpec>) => {
	const compiled = await compile(spec);
	assert.equal(
		compiled.diagnostics.filter(({ severity }) => severity === 'error'),
		[],
	);
	if (!compiled.ok) throw new Error('does not compile');
	return compiled.value;
};

const base: Partial<CampaignSpec> = {
	platforms: ['youtube', 'tiktok'],
	durations: [10],
	music: { mood: 'uplifting' },
	scenes: [
		{
			id: 'hook',
			duration: 'auto',
			voiceover: 'Meet Acme today.',
			layers: [{ text: 'Acme' }],
			transition: { type: 'slide', duration: 0.5 },
		},
		{ id: 'close', voiceover: 'It is here. Try it now.', layers: [{ text: 'Try it' }] },
	],
};

Sound('a scene with the length `auto` is delay, voice and tail long, and the frames still sum', async () => {
	const [output] = (await outputsOf(base)).outputs;
	const voices = output!.sound!.audio!.cues.filter(({ role }) => role === 'voice');
	assert.is(output!.frames, 300);
	// 0.2 s, then 0.01 s of lead, three words, 0.05 s to ring out, and 0.4 s.
	const frames = Math.round(0.2 * fps) + Math.ceil((0.01 + 0.9 + 0.05 + 0.4) * fps - 1e-6);
	assert.equal(output!.sound!.scenes, [
		{ id: 'hook', start: 0 },
		{ id: 'close', start: frames },
	]);
	assert.equal(
		voices.map(({ at }) => at),
		[6, frames + 15 + 6],
	);
});

Sound('platforms with one timing share a mix, and other music changes no segment', async () => {
	const first = share(await outputsOf(base), toolchain, audioToolchain);
	assert.is(first.mixes.size, 1);
	const other = share(await outputsOf({ ...base, music: { mood: 'dramatic' } }), toolchain, audioToolchain);
	assert.equal([...other.segments.keys()], [...first.segments.keys()]);
	assert.is.not([...other.mixes.keys()][0], [...first.mixes.keys()][0]);
	const previous = planCampaign(first, { stored: new Map(), previous: null, concurrency: 2 });
	assert.is(previous.plan.mixes?.[0]?.reason, 'new');
	const { plan } = planCampaign(other, { stored: new Map(), previous, concurrency: 2 });
	assert.is(plan.mixes?.[0]?.reason, 'changed: music mood');
	assert.ok(plan.changes.every(({ change }) => change === 'changed'));
	assert.equal(plan.summary.sentences, { total: 6, distinct: 3, toSynthesize: 3 });
	const words = share(
		await outputsOf({ ...base, scenes: [{ ...base.scenes![0]!, voiceover: 'Meet Acme again.' }, base.scenes![1]!] }),
		toolchain,
		audioToolchain,
	);
	const again = planCampaign(words, { stored: new Map(), previous, concurrency: 2 });
	assert.is(again.plan.mixes?.[0]?.reason, 'changed: voice-over of scene hook');
});

Sound('each field of a message is in its key', async () => {
	const message = (await outputsOf(base)).outputs[0]!.sound!.audio!;
	const key = audioKey(message, audioToolchain);
	const change = (value: unknown): readonly unknown[] => {
		if (typeof value === 'number') return [value + 1];
		if (typeof value === 'string') return [`${value}x`];
		if (typeof value === 'boolean') return [!value];
		if (value === null) return [1];
		if (Array.isArray(value)) return value.flatMap((item, i) => change(item).map((one) => value.with(i, one)));
		return Object.entries(value as object).flatMap(([name, inner]) => change(inner).map((one) => ({ ...(value as object), [name]: one })));
	};
	const changed = change(message) as AudioMessage[];
	assert.ok(changed.length > 40);
	for (const one of changed) assert.is.not(audioKey(one, audioToolchain), key);
});

Sound('a slide has a whoosh whose accent is in its middle, and silence asks for no effect', async () => {
	const { cues } = (await outputsOf(base)).outputs[0]!.sound!.audio!;
	const [whoosh] = cues.filter(({ role }) => role === 'effect');
	assert.equal(whoosh?.source, { type: 'effect', name: 'whoosh', seed: 1 });
	const { music: _, ...rest } = base;
	const silent = await outputsOf({ ...rest, scenes: base.scenes!.map(({ voiceover: _v, duration: _d, ...scene }) => scene) });
	assert.is(silent.outputs[0]!.sound, undefined);
});

Sound('captions are within 60 ms of the words in pages and in drawings, and karaoke cuts no scene at a word', async () => {
	const spec: Partial<CampaignSpec> = { ...base, captions: true };
	const campaign = await outputsOf(spec);
	const plain = await outputsOf(base);
	const output = campaign.outputs[0]!;
	const words = output.sound!.captions!.flatMap((page) => page.words);
	assert.is(words.map(({ text }) => text).join(' '), 'Meet Acme today. It is here. Try it now.');
	assert.ok(Math.abs(words[0]!.start - (0.2 + 0.01)) < 0.06);
	assert.ok(output.segments.length <= plain.outputs[0]!.segments.length + 6, `${output.segments.length} segments`);
	const drawn = JSON.stringify(output.segments.map(({ message }) => message));
	for (const word of ['Meet', 'today.', 'now.']) assert.ok(drawn.includes(`"${word}"`), word);
});

Sound('a scene whose length or captions hang on words that nobody has said is an error that says so', async () => {
	const inputs: Inputs = { fonts: await realFonts(), images: new Map(), icons: new Map() };
	const scenes = [
		{ id: 'long', duration: 'auto', voiceover: 'Hello there.' },
		{ id: 'shown', duration: 3, voiceover: 'And again.', layers: [{ captions: {} }] },
		{ id: 'heard', duration: 3, voiceover: 'At last.' },
	] as const;
	const spec = { platforms: ['youtube'], durations: [9], scenes: scenes as never } satisfies Partial<CampaignSpec>;
	const { ok, diagnostics } = compileCampaign(checked(spec), inputs, { draft: false, select: null, limit: null });
	assert.not.ok(ok);
	assert.equal(
		diagnostics.map(({ code, summary }) => `${code} ${summary}`),
		[
			'RF3075 the voice-over of scene long has not been said yet, and the length of the scene depends on it',
			'RF3075 the voice-over of scene shown has not been said yet, and its captions depend on it',
		],
	);
});

Sound('a voice longer than its fixed scene is an error that names both lengths', async () => {
	const compiled = await compile({ ...base, scenes: [{ ...base.scenes![0]!, duration: 1 }, base.scenes![1]!] });
	assert.equal(
		compiled.diagnostics.map(({ code, summary }) => [code, summary]),
		[['RF3074', 'the voice-over of scene hook takes 1.0 s, and its scene leaves it 0.8 s']],
	);
});

Sound('a dash that takes no time is not lit, and the word before it is lit until the next word is said', async () => {
	const spec: Partial<CampaignSpec> = {
		platforms: ['youtube'],
		durations: [4],
		captions: true,
		scenes: [{ id: 'hi', voiceover: 'Hot – cold.', layers: [{ text: 'Hi' }] }],
	};
	const starts = [0.05, 0.35, 0.35];
	const ends = [0.35, 0.35, 0.7];
	const speech = new Map(
		speechNeeds(checked(spec), { recipients: null, values: null }).map(({ key, words }): [string, SpeechFacts] => [
			key,
			{ seconds: 0.75, words: words.map(({ text }, index) => ({ text, start: starts[index]!, end: ends[index]! })), asset: null },
		]),
	);
	const inputs: Inputs = { fonts: await realFonts(), images: new Map(), icons: new Map(), speech };
	const compiled = compileCampaign(checked(spec), inputs, { draft: false, select: null, limit: null });
	if (!compiled.ok) throw new Error('does not compile');
	const drawn = JSON.stringify(compiled.value.outputs[0]!.segments[0]!.message);
	const drawingsOf = (word: string): number => drawn.split(`"text":"${word}"`).length - 1;
	assert.equal([drawingsOf('Hot'), drawingsOf('–'), drawingsOf('cold.')], [2, 1, 2]);
});

Sound('scenes that their voices make too long for the video name the voices, and what they take', async () => {
	const scenes: CampaignSpec['scenes'] = [
		{ id: 'long', voiceover: 'One two three four five. '.repeat(8) },
		{ id: 'short', duration: { min: 4 }, voiceover: 'One two.' },
	];
	const { diagnostics } = await compile({ platforms: ['youtube'], durations: [10], scenes });
	const [found] = diagnostics;
	assert.is(found?.code, 'RF3003');
	assert.equal(
		found?.related?.map(({ message, range }) => [message, range.file]),
		[
			['the voice-over of scene long takes 13.8 s', 'scenes.0.voiceover'],
			['scene short', 'scenes.1.duration'],
		],
	);
	assert.match(found?.hint ?? '', /^say less, shorten a scene/);
	const silent = await compile({ platforms: ['youtube'], durations: [2], scenes: [{ id: 'a', duration: 5 }] });
	assert.match(silent.diagnostics[0]?.hint ?? '', /^shorten a scene/);
});

Sound('a word that is too long for its captions is told by itself, and as one of the captions', async () => {
	const long = `Un${'believ'.repeat(12)}able`;
	const { diagnostics } = await compile({
		...base,
		platforms: ['tiktok'],
		captions: true,
		scenes: [{ id: 'one', voiceover: `The ${long} is here.`, layers: [{ text: 'Acme' }] }],
	});
	const [found] = diagnostics.filter(({ code }) => code === 'RF3014');
	assert.match(found?.summary ?? '', new RegExp(`^scene one captions: "${long.slice(0, 60)}…" does not fit`, 'i'));
	assert.match(found?.hint ?? '', /shorter words/);
});

Sound('a character of a voice-over that its captions cannot draw is told where it is written', async () => {
	const scenes: CampaignSpec['scenes'] = [{ id: 'hi', voiceover: 'Hello 🚀 world.', layers: [{ text: 'Hi' }] }];
	const { diagnostics } = await compile({ ...base, captions: true, scenes });
	const found = diagnostics.find(({ code }) => code === 'RF3015');
	assert.match(found?.summary ?? '', /^the text of the captions has "🚀"/);
	assert.is(found?.range?.file, 'scenes.0.voiceover');
});

Sound('of recipients with one personal sentence of five, the other four are one sentence for all', async () => {
	const spec: Partial<CampaignSpec> = {
		...base,
		scenes: [
			{ id: 'hook', voiceover: 'Hi {{recipient.name}}. This is one. This is two. This is three. This is four.', layers: [{ text: 'Hi' }] },
		],
	};
	const recipients = Array.from({ length: 100 }, (_, row) => ({
		key: `k${row}`,
		row: row + 1,
		values: { recipient: { name: `Person ${row}` } },
	}));
	const audience = { recipients, values: null, pictures: new Map() };
	const needs = speechNeeds(checked(spec), audience);
	assert.is(needs.length, 104);
	assert.is(
		needs.reduce((sum, { count }) => sum + count, 0),
		1000,
	);
	const compiled = await compile(spec, audience);
	if (!compiled.ok) throw new Error('does not compile');
	const sharing = share(compiled.value, toolchain, audioToolchain);
	const { plan } = planCampaign(sharing, { stored: new Map(), previous: null, concurrency: 2 });
	assert.equal(plan.summary.sentences, { total: 1000, distinct: 104, toSynthesize: 104 });
	assert.is(plan.summary.mixes?.unique, 100);
	assert.is(new Set(sharing.outputs.map(({ keys }) => keys.join())).size, 2, 'a voice changes no pixel');
});

Sound('a value of a row is no pause and no markup', () => {
	const textOf = (voiceover: CampaignSpec['scenes'][number]['voiceover']): string =>
		speechNeeds(checked({ scenes: [{ id: 'a', voiceover: voiceover! }] }), {
			recipients: [{ key: 'k', row: 1, values: { recipient: { name: '[pause: 9] <break/> & Co' } } }],
			values: null,
		})
			.map(({ text }) => text)
			.join(' ');
	assert.is(textOf('Hi {{recipient.name}}.'), 'Hi (pause: 9) <break/> & Co.');
	assert.is(textOf({ ssml: '<speak>Hi {{recipient.name}}.</speak>' }), 'Hi [pause: 9] <break/> & Co.');
});

Sound('borders of flexible scenes fall on beats, fixed scenes keep their length, and the sum stays', () => {
	const open = { min: 10, max: 1000 };
	for (const [frames, lengths, expected] of [
		[
			[100, 100, 100],
			[open, open, open],
			[96, 96, 108],
		],
		[
			[100, 50, 150],
			[open, { min: 50, max: 50 }, open],
			[96, 50, 154],
		],
		[
			[100, 200],
			[{ min: 100, max: 100 }, open],
			[100, 200],
		],
		[
			[100, 100, 100],
			[open, open, { min: 100, max: 100 }],
			[96, 104, 100],
		],
	] as const) {
		const snapped = snapToBeats([...frames], [...lengths], [0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208]);
		assert.equal(
			snapped.reduce((sum, one) => sum + one, 0),
			frames.reduce<number>((sum, one) => sum + one, 0),
		);
		assert.equal(snapped, expected);
	}
});

Sound.run();
