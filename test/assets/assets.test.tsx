import { readdirSync, readFileSync } from 'node:fs';
import type { ReactNode } from 'react';
import { Internals } from 'remotion';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
	type AssetManifest,
	AssetsProvider,
	configureAssets,
	type ManifestEntry,
	type ManifestFile,
	StockIcon,
	StockImage,
	StockMusic,
	StockVideo,
	useCaptions,
	useVoiceOver,
	VoiceOver,
	voiceOverOf,
} from '../../src/assets/index.ts';
import { fadingOut } from '../../src/assets/music.tsx';
import { drawnAs } from '../../src/assets/stock-icon.tsx';
import { findAsset, type Wanted } from '../../src/model/asset-manifest.ts';
import { type AssetQuestion, settleQuestion } from '../../src/model/asset-question.ts';
import { EXAMPLES, SETTINGS } from './document-examples.tsx';

const Assets = suite('assets');

// The package brings no types, and nothing else here needs them.
const server = 'react-dom/server';
const { renderToStaticMarkup } = (await import(server)) as { readonly renderToStaticMarkup: (node: ReactNode) => string };

const entry = (name: string, question: AssetQuestion, rest: Partial<ManifestEntry> = {}): ManifestEntry => ({
	name,
	asks: settleQuestion(question),
	src: `https://media.example/${name}`,
	...rest,
});

const SCRIPT = 'Introducing the future of video creation. [pause: 0.5] Remotion Reloaded.';
const SSML =
	'<speak> <prosody rate="slow">Welcome</prosody> to the future. <break time="500ms"/> <emphasis level="strong">Remotion Reloaded.</emphasis> </speak>';
const words = [
	['Introducing', 0.05, 0.6],
	['the', 0.61, 0.7],
	['future.', 0.71, 1.234],
] as const;
const BODY = '<g fill="none" stroke="currentColor"><path d="M16 7h6v6"/><rect width="20" height="16" x="2" y="4"/></g>';
const bpm = { min: 100, max: 120 };

const entries: readonly ManifestEntry[] = [
	entry(
		'city',
		{
			kind: 'stockVideo',
			provider: 'pexels',
			settings: { query: 'aerial city night cinematic', duration: '5s', colorGrade: 'match', orientation: 'portrait' },
		},
		{ seconds: 6.5 },
	),
	entry('team', { kind: 'stockImage', provider: 'unsplash', settings: { query: 'diverse team meeting', style: 'editorial' } }),
	entry('team-plain', { kind: 'stockImage', provider: 'unsplash', settings: { query: 'Team' } }),
	entry('team-graded', { kind: 'stockImage', provider: 'unsplash', settings: { query: 'Team', colorGrade: 'match' } }),
	entry('team-pexels', { kind: 'stockImage', provider: 'pexels', settings: { query: 'Tall', orientation: 'portrait' } }),
	entry('team-wide', { kind: 'stockImage', provider: 'pexels', settings: { query: 'Tall', orientation: 'landscape' } }),
	entry('growth', { kind: 'stockIcon', provider: 'noun-project', settings: { concept: 'growth', color: 'blue' } }),
	entry('letter', { kind: 'stockIcon', provider: 'local', settings: { concept: 'email' } }, { src: null, icon: { size: 24, body: BODY } }),
	entry('mesh', {
		kind: 'generatedImage',
		provider: 'stability',
		settings: { prompt: 'abstract gradient mesh, purple and teal, 4k, smooth', seed: 42, style: 'digital-art', aspect: '16:9' },
	}),
	entry('drawn', { kind: 'generatedImage', provider: 'openai', settings: { prompt: 'a fox' } }),
	entry(
		'intro',
		{ kind: 'voiceover', provider: 'elevenlabs', settings: { script: SCRIPT, voice: 'professional-male-1' } },
		{ seconds: 1.25, words },
	),
	entry('welcome', { kind: 'voiceover', provider: 'elevenlabs', settings: { ssml: SSML, voice: 'rachel' } }, { seconds: 3, words }),
	...[15, 30, 60].map((seconds) =>
		entry(
			'bed',
			{ kind: 'stockMusic', provider: 'epidemic-sound', settings: { mood: 'uplifting', genre: 'corporate', bpm } },
			{
				src: `https://media.example/bed-${seconds}`,
				seconds,
				stems: { drums: `https://media.example/drums-${seconds}`, melody: `https://media.example/melody-${seconds}` },
			},
		),
	),
	entry(
		'suno',
		{ kind: 'generatedMusic', provider: 'suno', settings: { prompt: 'upbeat corporate background music, no vocals', bpm: 110 } },
		{ seconds: 31 },
	),
];
const manifest: AssetManifest = { formatVersion: 1, entries };

const composition = { id: 'test', width: 160, height: 90, fps: 30, durationInFrames: 300, defaultProps: {}, props: {} };
type Manager = Parameters<typeof Internals.CompositionManager.Provider>[0]['value'];
const manager = {
	compositions: [composition],
	folders: [],
	currentCompositionMetadata: composition,
	canvasContent: { type: 'composition', compositionId: 'test' },
} as unknown as Manager;

const timelineAt = (frame: number) => ({ frame: { test: frame }, isPlaying: () => false, audioAndVideoTags: { current: [] } });
const rate = { playbackRate: 1, setPlaybackRate: () => {} };

const RENDERING = { isRendering: true, isClientSideRendering: false, isPlayer: false, isStudio: false, isReadOnlyStudio: false };

/** What the page of a render has in it at a frame. Its pictures and sounds get their files in effects, so that the markup does not have them. */
const inComposition = (content: ReactNode, frame = 0): string =>
	renderToStaticMarkup(
		<Internals.CanUseRemotionHooks.Provider value={true}>
			<Internals.RemotionEnvironmentContext.Provider value={RENDERING}>
				<Internals.CompositionManager.Provider value={manager}>
					<Internals.TimelineContext.Provider value={timelineAt(frame)}>
						<Internals.AbsoluteTimeContext.Provider value={timelineAt(frame)}>
							<Internals.PlaybackRateContext.Provider value={rate}>{content}</Internals.PlaybackRateContext.Provider>
						</Internals.AbsoluteTimeContext.Provider>
					</Internals.TimelineContext.Provider>
				</Internals.CompositionManager.Provider>
			</Internals.RemotionEnvironmentContext.Provider>
		</Internals.CanUseRemotionHooks.Provider>,
	);
const draw = (content: ReactNode, frame = 0): string => inComposition(<AssetsProvider value={manifest}>{content}</AssetsProvider>, frame);

for (const [name, example] of Object.entries(EXAMPLES)) {
	// Remotion's footage needs a page: the render in assets/render.test.ts has it.
	if (name !== 'StockVideo')
		Assets(`the document's example of ${name} finds its asset by what it asks for`, () => assert.type(draw(example), 'string'));
	Assets(`${name} without its asset fails, and says what to run`, () => {
		const empty = { formatVersion: 1, entries: [] };
		const drawn = () => inComposition(<AssetsProvider value={empty}>{example}</AssetsProvider>);
		assert.throws(
			drawn,
			new RegExp(`${name}: a .* is not in the manifest: .*reelform assets resolve <spec>.*reelform assets export <spec>`),
		);
		assert.throws(() => inComposition(example), /<AssetsProvider value=\{manifest\}>/);
	});
}

const image: Pick<Wanted, 'kind'> = { kind: 'stockImage' };
for (const [what, wanted, src] of [
	['a name', { ...image, name: 'team-wide', settings: {} }, 'team-wide'],
	['what is said and nothing besides, before what is asked for in more words', { ...image, settings: { query: 'Team' } }, 'team-plain'],
	['everything that is said', { ...image, settings: { query: ' Team ', colorGrade: 'match', orientation: undefined } }, 'team-graded'],
	['a setting that is said as it is anyway', { ...image, settings: { query: 'Team', colorGrade: 'none' } }, 'team-plain'],
	['an alias of a provider', { kind: 'generatedImage', provider: 'dalle', settings: { prompt: 'a fox' } }, 'drawn'],
	['the shortest track that is long enough', { kind: 'stockMusic', settings: { mood: 'uplifting' }, seconds: 16 }, 'bed-30'],
	['the longest track where none is long enough', { kind: 'stockMusic', settings: {}, seconds: 90 }, 'bed-60'],
	['one number of beats for another spelling of it', { kind: 'generatedMusic', settings: { bpm: { min: 110, max: 110 } } }, 'suno'],
] as const) {
	Assets(`an asset is found by ${what}`, () => {
		const search = findAsset(manifest, wanted);
		assert.is(search.found && search.entry.src, `https://media.example/${src}`);
	});
}

for (const [what, content, says] of [
	['two assets that agree', <StockImage key="" query="Tall" />, /may be any of team-pexels, team-wide: say which one by `name`/],
	['a name of another kind', <StockImage key="" name="city" />, /the stockImage "city" is not in the manifest \(there is team, team-plain/],
	['another provider', <StockImage key="" query="Team" provider="pixabay" />, /query "Team", provider "pixabay" is not in the manifest/],
	['an inherited name', <StockImage key="" name="constructor" />, /"constructor" is not in the manifest/],
	['a track that is too short', <StockMusic key="" name="bed" duration={90} />, /"bed" has 60.0 s and 90 s are wanted: .*--seconds 90/],
	['a stem that a track has not', <StockMusic key="" name="bed" stems={['bass']} />, /"bed" has no bass, only drums, melody/],
	['a length that is none', <StockVideo key="" name="city" duration={Number.NaN} />, /above 0, got NaN/],
	['an aspect ratio that is none', <StockImage key="" name="team" aspectRatio="16/9" />, /written 16:9, got "16\/9"/],
	['captions of no voice', <Captions key="" />, /put its component into a <VoiceOver>/],
] as const) {
	Assets(`${what}: an error that says so`, () => assert.throws(() => draw(content), says));
}

for (const [what, value] of [
	['nothing', undefined],
	['another format', { formatVersion: 2, entries: [] }],
	['entries that are none', { formatVersion: 1, entries: [{ name: 'x' }] }],
	['a list of nulls', { formatVersion: 1, entries: [null] }],
] as const) {
	Assets(`${what} is no manifest`, () =>
		assert.throws(
			() => inComposition(<AssetsProvider value={value as unknown as ManifestFile}>x</AssetsProvider>),
			/reelform assets export/,
		),
	);
}

function Captions(): ReactNode {
	return useCaptions()
		.map(({ text, startMs, endMs, timestampMs }) => `[${text}|${startMs}|${endMs}|${timestampMs}]`)
		.join('');
}
const Length = (): ReactNode => `${useVoiceOver('intro').frames} frames, ${useVoiceOver('intro').words.length} words`;

Assets('a voice-over says when each word is heard, in frames and as captions', () => {
	assert.match(
		draw(
			<VoiceOver name="intro" timing="auto">
				<Captions />
			</VoiceOver>,
		),
		'[Introducing|50|600|325][ the|610|700|655][ future.|710|1234|972]',
	);
	// 1.25 s are 37.5 frames: the last one is not cut.
	assert.match(draw(<Length />), '38 frames, 3 words');
	assert.is(voiceOverOf(manifest, 'intro').seconds, 1.25);
	assert.throws(() => voiceOverOf(manifest, 'gone'), /the voiceover "gone" is not in the manifest \(there is intro, welcome\)/);
});

Assets('what stands in a voice-over is there from its first frame to its last, or to the end', () => {
	const spoken = (timing: 'auto' | undefined, frame: number): string =>
		draw(
			<VoiceOver name="intro" delay={0.5} {...(timing === undefined ? {} : { timing })}>
				here
			</VoiceOver>,
			frame,
		);
	assert.equal(
		[14, 15, 52, 53].map((frame) => spoken('auto', frame)),
		['', 'here', 'here', ''],
	);
	assert.is(spoken(undefined, 299), 'here');
});

Assets('an icon is drawn inline in the colour and size that are said, as lines, light or full', () => {
	const drawn = draw(<StockIcon concept="email" color="#f00" size={48} label="Mail" />);
	assert.match(drawn, /<svg role="img" aria-label="Mail" viewBox="0 0 24 24"[^>]*width:48px;height:48px;color:#f00/);
	assert.match(drawn, BODY);
	assert.is(drawnAs('line', BODY), BODY);
	assert.match(drawnAs('solid', BODY), '<path d="M16 7h6v6"/><rect fill="currentColor" width');
	assert.match(drawnAs('duotone', BODY), '<rect fill="currentColor" fill-opacity="0.25" width');
	assert.match(drawnAs('solid', '<path d="M0 0h3z"/>'), '<path fill="currentColor" d=');
});

for (const hostile of [
	'<script>alert(1)</script>',
	'<g onload="alert(1)"/>',
	'<path d="M0 0" ONLOAD="x"/>',
	'<image href="https://example.com/x.png"/>',
	'<use href="#x"/>',
	'<style>*{display:none}</style>',
	'text',
	`${'<g a="b">'.repeat(5000)}!`,
])
	Assets(`a shape that is more than shapes is refused: ${hostile.slice(0, 30)}`, () =>
		assert.throws(() => drawnAs('line', hostile), /more than shapes/),
	);

Assets('music that goes on fades to silence at its end', () => {
	const fade = fadingOut(0.5, { frames: 300, over: 45 });
	assert.equal([fade(0), fade(255), fade(300), fade(400)], [0.5, 0.5, 0, 0]);
	assert.is(fadingOut((frame) => frame / 100, { frames: 100, over: 10 })(95), 0.95 * 0.5);
});

Assets('the configuration of the documents is accepted as it is written', () => {
	assert.is(SETTINGS.cache?.maxSize, '10GB');
	assert.throws(() => configureAssets({ cache: { maxSize: 'big' } }), /10GB/);
});

Assets('nothing that draws an asset reads a clock, chance or the network', () => {
	const impure = /Date\.now|new Date\b|Math\.random|\bfetch\(|XMLHttpRequest|performance\.now|setTimeout|setInterval|localStorage|node:/;
	const sources = readdirSync('src/assets').map((file) => `src/assets/${file}`);
	const files = [...sources, 'src/model/asset-manifest.ts', 'src/model/asset-question.ts', 'src/model/asset-settings.ts'];
	assert.equal(
		files.filter((file) => impure.test(readFileSync(file, 'utf8'))),
		[],
	);
});

Assets.run();
