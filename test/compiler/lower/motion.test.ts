import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { moodOf } from '../../../src/compiler/design/moods.ts';
import { type LoweredScene, lowerScene } from '../../../src/compiler/lower-scene.ts';
import type { Easing, EntrancePreset, ExitPreset, Layer, Motion } from '../../../src/model/campaign-spec.gen.ts';
import type { Track } from '../../../src/model/drawing.ts';
import { allDrawings, MOODS, realFonts, type SceneOptions, sceneRequest, type TextDrawing, textsOf } from '../../support/scene-requests.ts';

const Moving = suite('compiler/lower/motion');

const lower = async (options: SceneOptions): Promise<LoweredScene> => lowerScene(await sceneRequest(options));
const tracksOf = ({ layers }: LoweredScene): readonly Track[] =>
	layers
		.filter(({ drawing }) => textsOf([{ drawing, from: 0, until: 1 }]).length > 0)
		.flatMap((layer) => allDrawings([layer]).flatMap(({ tracks }) => tracks));

const WORDS = 'Close the month in a day and go home';
const headline = (motion: Motion): readonly Layer[] => [{ text: WORDS, role: 'headline', motion }];
const enters: readonly EntrancePreset[] = ['fade', 'fade-up', 'slide', 'scale', 'typewriter', 'word-by-word', 'mask-reveal', 'none'];
const exits: readonly ExitPreset[] = ['fade', 'fade-up', 'slide', 'scale', 'mask-reveal'];

for (const enter of enters)
	Moving(`${enter} is over before a scene of eight seconds ends, in every mood`, async () => {
		for (const mood of MOODS) {
			const tracks = tracksOf(await lower({ mood, layers: [...headline({ enter })] }));
			if (enter === 'none') assert.equal(tracks, []);
			else assert.ok(tracks.length > 0);
			for (const track of tracks) {
				assert.ok(Number.isInteger(track.start) && Number.isInteger(track.end) && track.end > track.start);
				assert.ok(track.end <= 150, `${mood} ends at ${track.end}`);
			}
		}
	});

Moving('a slide comes from the side that is asked for', async () => {
	for (const [from, property, sign] of [
		['left', 'x', -1],
		['right', 'x', 1],
		['up', 'y', -1],
		['down', 'y', 1],
	] as const) {
		const tracks = tracksOf(await lower({ mood: 'calm', layers: [...headline({ enter: { type: 'slide', from } })] }));
		const way = tracks.find((track) => track.property === property)!;
		assert.is(Math.sign(way.from), sign, from);
		assert.is(way.to, 0);
	}
});

Moving('duration, delay, stagger and easing of the spec go before the mood', async () => {
	const easings: readonly Easing[] = ['power4.inOut', 'elastic.out', 'bounce.out', 'none'];
	for (const easing of easings) {
		const tracks = tracksOf(
			await lower({ mood: 'calm', layers: [...headline({ enter: 'fade-up', duration: 1, delay: 0.5, stagger: 0.5, easing })] }),
		);
		const moves = tracks.filter(({ property }) => property === 'y');
		// A cut: movements are three frames ahead of it, and the delay is fifteen.
		assert.equal(
			moves.map(({ start, end }) => [start, end]),
			moves.map((_, line) => [12 + 15 * line, 42 + 15 * line]),
		);
		assert.ok(moves.every((track) => track.easing === (easing === 'none' ? 'linear' : easing)));
	}
});

/** Each line joined from its pieces, and where each piece stands. */
const byBaseline = (texts: readonly TextDrawing[]): readonly (readonly TextDrawing[])[] =>
	[...new Set(texts.map(({ baseline }) => baseline))].map((line) => texts.filter(({ baseline }) => baseline === line));

for (const enter of ['typewriter', 'word-by-word'] as const)
	Moving(`${enter} sets every piece where the whole line would have it`, async () => {
		const fonts = await realFonts();
		for (const mood of MOODS) {
			const whole = textsOf((await lower({ mood, layers: [...headline({ enter: 'fade' })] })).layers);
			const lines = byBaseline(textsOf((await lower({ mood, layers: [...headline({ enter })] })).layers));
			assert.is(lines.length, whole.length);
			for (const [index, pieces] of lines.entries()) {
				const line = whole[index]!;
				const { style } = line;
				const text = line.runs[0]!.text;
				assert.is(
					pieces
						.map(({ runs }) => runs[0]!.text)
						.join('')
						.replaceAll(' ', ''),
					text.replaceAll(' ', ''),
				);
				let at = 0;
				for (const piece of pieces) {
					const part = piece.runs[0]!.text;
					at = text.indexOf(part.trim(), at);
					const upTo = fonts.measure(style, text.slice(0, at) + part);
					const own = fonts.measure(style, part);
					const expected = line.box.x + (upTo.advance - own.advance) * style.size + (upTo.glyphs - own.glyphs) * style.tracking;
					// Tracking is in two decimals in a drawing, and adds up over a line.
					assert.ok(Math.abs(piece.box.x - expected) < 0.2, `${mood} "${part}" at ${piece.box.x}, expected ${expected}`);
					at += part.trim().length;
				}
			}
		}
	});

Moving('pieces only change how opaque they are, one after the other', async () => {
	for (const enter of ['typewriter', 'word-by-word'] as const) {
		const tracks = tracksOf(await lower({ mood: 'tech', layers: [...headline({ enter })] }));
		assert.ok(tracks.every(({ property, from, to }) => property === 'opacity' && from === 0 && to === 1));
		const starts = tracks.map(({ start }) => start);
		assert.equal(
			starts,
			[...starts].sort((a, b) => a - b),
		);
	}
});

Moving('a duration is that of all pieces together', async () => {
	for (const enter of ['typewriter', 'word-by-word'] as const) {
		const tracks = tracksOf(await lower({ mood: 'calm', layers: [...headline({ enter, duration: 2 })] }));
		const span = Math.max(...tracks.map(({ end }) => end)) - Math.min(...tracks.map(({ start }) => start));
		assert.ok(Math.abs(span - 60) <= 1, `${enter}: ${span}`);
	}
});

Moving('a text that is written out late is read late', async () => {
	const layers = (motion: Motion): Layer[] => [{ text: WORDS, role: 'headline', motion }];
	assert.equal((await lower({ frames: 130, layers: layers({ enter: 'fade' }) })).diagnostics, []);
	const late = await lower({ frames: 130, layers: layers({ enter: 'typewriter', duration: 3 }) });
	assert.is(late.diagnostics[0]?.code, 'RF3018');
});

for (const exit of exits)
	Moving(`${exit} ends exactly with its layer, in 60 % of the time of its entrance`, async () => {
		for (const [until, frames] of [
			[undefined, 150],
			[4, 150],
		] as const) {
			const [layer] = headline({ exit, duration: 1 });
			const scene = await lower({ mood: 'calm', frames, layers: [{ ...layer!, ...(until === undefined ? {} : { until }) }] });
			const end = until === undefined ? frames : until * 30;
			const leaving = tracksOf(scene).filter((track) => track.end === end);
			assert.ok(leaving.length > 0);
			for (const track of leaving) {
				assert.is(track.end - track.start, 18);
				assert.match(track.easing, /\.in$/);
			}
			assert.ok(leaving.some(({ property, to }) => (property === 'opacity' && to === 0) || (property === 'clip-bottom' && to === 1)));
		}
	});

Moving('nothing leaves unless it is asked to', async () => {
	for (const mood of MOODS) {
		const { layers } = await lower({ mood, layers: [{ text: WORDS, role: 'headline' }, { cta: {} }] });
		for (const { tracks } of allDrawings(layers)) assert.not(tracks.some(({ property, to }) => property === 'opacity' && to === 0));
	}
	const early = await lower({ mood: 'calm', layers: [{ text: WORDS, until: 4, motion: { exit: 'none' } }] });
	assert.not(tracksOf(early).some(({ end }) => end === 120));
});

Moving('a pulse swells once and is exactly over', async () => {
	const { layers } = await lower({ mood: 'calm', layers: [{ cta: {}, motion: { emphasis: 'pulse' } }] });
	const swell = allDrawings(layers).flatMap(({ tracks }) => tracks.filter(({ property, to }) => property === 'scale' && to > 1));
	assert.is(swell.length, 1);
	const back = allDrawings(layers).flatMap(({ tracks }) => tracks.filter(({ start }) => start === swell[0]!.end));
	assert.equal([back[0]!.from, back[0]!.to], [swell[0]!.to, 1]);
	const short = await lower({ mood: 'calm', frames: 30, layers: [{ cta: {}, motion: { emphasis: 'pulse' } }] });
	assert.not(allDrawings(short.layers).some(({ tracks }) => tracks.some(({ property, to }) => property === 'scale' && to > 1)));
});

Moving('a picture behind the words comes in only when it is asked to', async () => {
	const opens = async (layer: Layer): Promise<boolean> =>
		allDrawings((await lower({ mood: 'calm', layers: [layer] })).layers).some(
			({ type, tracks }) => type === 'group' && tracks.some(({ property, from }) => property === 'opacity' && from === 0),
		);
	assert.not(await opens({ image: 'picture.jpg' }));
	assert.ok(await opens({ image: 'picture.jpg', motion: { enter: 'fade' } }));
});

Moving('a first frame that the spec leaves empty is a warning', async () => {
	const codes = async (layers: readonly Layer[], first = true): Promise<readonly string[]> =>
		(await lower({ mood: 'calm', first, layers: [...layers] })).diagnostics.map(({ code }) => code);
	assert.equal(await codes(headline({ enter: 'fade' })), ['RF3021']);
	assert.equal(await codes([...headline({ enter: 'fade' }), { text: 'There', role: 'eyebrow' }]), []);
	assert.equal(await codes(headline({ duration: 1 })), []);
	assert.equal(await codes(headline({ enter: 'fade' }), false), []);
});

Moving('what the spec asks for is done in the first scene too', async () => {
	const tracks = tracksOf(await lower({ mood: 'calm', first: true, layers: [...headline({ enter: 'fade' })] }));
	assert.ok(tracks.some(({ property, from }) => property === 'opacity' && from === 0));
});

Moving('emphasised words have the accent of the mood, and its slant or weight where it has one', async () => {
	for (const mood of MOODS) {
		const { layers } = await lower({ mood, layers: [{ text: 'Close the month *today*.', role: 'headline' }] });
		const texts = textsOf(layers);
		const all = texts.flatMap(({ runs, style }) => runs.map((run) => ({ ...run, style })));
		const strong = all.find(({ text }) => /today/i.test(text))!;
		const around = all.find(({ text }) => /close/i.test(text))!;
		assert.is.not(strong.color, around.color, mood);
		assert.match(strong.text, /^ ?today ?$/i);
		const { italic } = moodOf(mood).colors.emphasis;
		assert.is(strong.style.italic !== around.style.italic, italic === true, mood);
	}
});

Moving('a quotation has marks and who said it beneath', async () => {
	for (const mood of MOODS) {
		const { layers, diagnostics } = await lower({
			mood,
			layers: [{ text: 'We sent the last spreadsheet home in March.', role: 'quote', attribution: 'Ines' }],
		});
		assert.equal(diagnostics, []);
		const texts = textsOf(layers);
		assert.is(texts[0]!.runs[0]!.text[0], '“');
		assert.match(texts.at(-1)!.runs[0]!.text, /^—\u00a0Ines$/i);
		assert.match(texts.at(-2)!.runs.at(-1)!.text, /”$/);
		assert.ok(texts.at(-1)!.style.size < texts[0]!.style.size * 0.7);
	}
});

for (const marker of ['dot', 'check', 'number'] as const)
	Moving(`items of a list with ${marker} markers stand on one edge in one size and come one after the other`, async () => {
		for (const mood of MOODS) {
			const { layers } = await lower({ mood, layers: [{ list: ['One', 'Two and a half', 'Three'], marker }] });
			const words = textsOf(layers).filter(({ runs }) => /[a-z]/i.test(runs[0]!.text));
			assert.is(words.length, 3);
			assert.is(new Set(words.map(({ style }) => style.size)).size, 1);
			assert.is(new Set(words.map(({ box }) => box.x)).size, 1);
			const starts = words.map(({ tracks }) => Math.min(...tracks.map(({ start }) => start)));
			assert.ok(starts[0]! < starts[1]! && starts[1]! < starts[2]!, mood);
			const marks =
				marker === 'number'
					? textsOf(layers).filter(({ runs }) => /^[123]$/.test(runs[0]!.text))
					: allDrawings(layers).filter((drawing) => drawing.type === 'icon' && drawing.size === 24);
			assert.is(marks.length, 3);
			for (const mark of marks) assert.ok(mark.box.x + mark.box.width < words[0]!.box.x);
		}
	});

Moving('large figures are measured at one width, as they are drawn', async () => {
	const fonts = await realFonts();
	const [text] = textsOf((await lower({ mood: 'tech', layers: [{ text: '111', role: 'stat' }] })).layers);
	assert.ok(text!.style.tabular);
	const { advance, glyphs } = fonts.measure({ ...text!.style, tabular: true }, '111');
	assert.ok(Math.abs(text!.box.width - (advance * text!.style.size + (glyphs - 1) * text!.style.tracking)) < 0.1);
	const [same] = textsOf((await lower({ mood: 'tech', layers: [{ text: '888', role: 'stat' }] })).layers);
	assert.is(same!.box.width, text!.box.width);
});

Moving.run();
