import { type CaptionPage, pagesOf } from '../../audio/captions.ts';
import type { CaptionsLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing, Track } from '../../model/drawing.ts';
import type { WordTiming } from '../../model/sound.ts';
import { contrast, LARGE_CONTRAST, legible, over, TEXT_CONTRAST, withAlpha } from '../design/color.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { Align } from '../design/stack.ts';
import { isRightToLeft, joinsLetters } from '../set-faces.ts';
import { pageLimits } from '../sound/sound-of.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem } from './figure.ts';
import { fitLabels } from './label.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { textStyle, type Wording, wordingOf, writtenInk } from './text.ts';

/** u of the type, and around it on its plate. */
const TYPE_SIZE = { portrait: 6.2, landscape: 5, square: 5.4 } as const;
const PADDING = { across: 2.8, down: 1.6 } as const;
/** A page stands on at most so many lines. */
const LINES = 2;

type Page = { readonly page: CaptionPage; readonly fitted: FittedText };

export const isCaptions = (active: ActiveLayer): active is ActiveLayer<CaptionsLayer> => 'captions' in active.layer;

/**
 * The words of a scene's voice-over, page by page as they are said. All pages have one size and one place. Everything is one drawing whose parts come and go by
 * opacity, so that a scene is not cut at every word. Null where nothing is said.
 */
export const captionsItem = (context: SceneContext, active: ActiveLayer<CaptionsLayer>, align: Align): SceneItem | null => {
	const { spoken } = context.request;
	if (spoken === undefined || spoken.words.length === 0) return null;
	const { maxWords } = active.layer.captions;
	const pages = pagesOf(spoken.words, pageLimits(maxWords));
	// What is wrong with a word is mended where it is written.
	const source = { path: [...context.request.path, 'voiceover'], name: 'text of the captions' };
	const wordings = pages.map(({ text }): Wording => ({ ...wordingOf(context, 'subhead', { written: text, ...source }), of: 'captions' }));
	const pad = padding(context);
	return figureItem({
		context,
		active,
		role: 'caption',
		align,
		wording: longestWord(wordings),
		measure: ({ width, scale }) => {
			const { aspect, u } = context.frame;
			const fitted = fitLabels(context, wordings, { size: TYPE_SIZE[aspect] * u * scale, width: width - 2 * pad.across, lines: LINES });
			if (fitted === null) return null;
			const set = pages.map((page, index): Page => ({ page, fitted: fitted[index]! }));
			const tallest = Math.max(...set.map((one) => one.fitted.height));
			return {
				width: Math.max(...set.map((one) => one.fitted.width)) + 2 * pad.across,
				height: tallest + 2 * pad.down,
				typeSize: fitted[0]!.size,
				figure: { enters: 'text', words: 0, draw: (site) => drawCaptions({ context, active, pages: set, align }, site) },
			};
		},
	});
};

/** What a page that does not fit hangs on: with few words to a page and two lines, the longest word. */
const longestWord = (wordings: readonly Wording[]): Wording | null => {
	const [longest] = wordings
		.flatMap((wording) => wording.text.split(/\s+/).map((text): Wording => ({ ...wording, text })))
		.sort((one, other) => other.text.length - one.text.length);
	return longest ?? null;
};

const padding = ({ frame }: SceneContext) => ({ across: PADDING.across * frame.u, down: PADDING.down * frame.u });

type Captions = {
	readonly context: SceneContext;
	readonly active: ActiveLayer<CaptionsLayer>;
	readonly pages: readonly Page[];
	readonly align: Align;
};

/** `chip` is what the word that is being said stands on; null where its colour alone tells it. */
type Look = { readonly plate: string | null; readonly ink: string; readonly lit: string; readonly chip: string | null };

/** How much of a picture shows through the plate of the words on it. */
const PLATE_ALPHA = 0.86;

/** In moods that speak up, words stand on a plate, and the word that is being said on one of its own. On a picture all moods have a quiet plate. */
const lookOf = ({ context, active }: Captions, { roles, grounds }: FigureSite): Look => {
	const { color } = active.layer;
	const inkOn = (behind: readonly string[], own: string): string =>
		color === undefined
			? own
			: writtenInk(context, { written: color, path: [...active.path, 'color'], large: false }, { roles, grounds: behind });
	const [farthest] = [...grounds].sort((a, b) => contrast(roles.ink, b) - contrast(roles.ink, a)) as [string];
	if (context.mood.shape.shadow === 'block') {
		const plate = roles.ink;
		const ink = inkOn([plate], legible(farthest, [plate], TEXT_CONTRAST));
		return { plate, ink, lit: roles.onAccent, chip: roles.accent };
	}
	if (!isOnPicture(context))
		return { plate: null, ink: inkOn(grounds, roles.ink), lit: legible(roles.accent, grounds, LARGE_CONTRAST), chip: null };
	const behind = [farthest, ...grounds.map((ground) => over(farthest, PLATE_ALPHA, ground))];
	return {
		plate: withAlpha(farthest, PLATE_ALPHA),
		ink: inkOn(behind, roles.ink),
		lit: legible(roles.accent, behind, TEXT_CONTRAST),
		chip: null,
	};
};

const isOnPicture = ({ request: { scene }, layers }: SceneContext): boolean =>
	scene.background?.type === 'image' ||
	scene.background?.type === 'video' ||
	layers.some(({ layer }) => ('image' in layer || 'video' in layer) && (layer.at === undefined || layer.at === 'full'));

const drawCaptions = (captions: Captions, site: FigureSite): DrawnFigure => {
	const { context, active, pages } = captions;
	const look = lookOf(captions, site);
	const at = frameOf(context);
	const children = pages.map(({ page, fitted }, index) => {
		const from = Math.max(active.from, at(page.start));
		const next = pages[index + 1];
		const until = Math.max(from + 1, next === undefined ? at(page.end) : Math.min(at(page.end), at(next.page.start)));
		return drawPage(captions, { page, fitted, box: site.box, look }, { from, until });
	});
	return { drawing: { type: 'group', box: roundBox(site.box), tracks: [], children }, arrived: 0 };
};

/** The frame of the scene for a second of its voice. */
const frameOf =
	({ request, fps }: SceneContext) =>
	(seconds: number): number =>
		(request.spoken?.at ?? 0) + Math.round(seconds * fps);

type Span = { readonly from: number; readonly until: number };

/** There from one frame to another, without a fade. */
const shown = ({ from, until }: Span): readonly Track[] => [
	{ property: 'opacity', from: 0, to: 1, start: from - 1, end: from, easing: 'linear' },
	{ property: 'opacity', from: 1, to: 0, start: until - 1, end: until, easing: 'linear' },
];

const hidden = ({ from, until }: Span): readonly Track[] => [
	{ property: 'opacity', from: 1, to: 0, start: from - 1, end: from, easing: 'linear' },
	{ property: 'opacity', from: 0, to: 1, start: until - 1, end: until, easing: 'linear' },
];

type SetPage = Page & { readonly box: Box; readonly look: Look };

const drawPage = (captions: Captions, page: SetPage, span: Span): Drawing => {
	const { context } = captions;
	const { fitted, look } = page;
	const pad = padding(context);
	const box = pageBox(captions, page);
	const radius = round2(Math.min(context.mood.shape.panelRadius * context.frame.u, box.height / 2));
	const plate: readonly Drawing[] =
		look.plate === null ? [] : [{ type: 'rectangle', box: roundBox(box), tracks: [], paint: { type: 'solid', color: look.plate }, radius }];
	const words = wordsOf(captions, page, { x: box.x + pad.across, width: fitted.width, top: box.y + pad.down });
	return { type: 'group', box: roundBox(box), tracks: shown(span), children: [...plate, ...words] };
};

/** Pages that are smaller than the largest stand at the bottom of their place. */
const pageBox = ({ context, align }: Captions, { box, fitted }: SetPage): Box => {
	const pad = padding(context);
	const [width, height] = [fitted.width + 2 * pad.across, fitted.height + 2 * pad.down];
	const spare = box.width - width;
	return { x: box.x + (align === 'left' ? 0 : align === 'center' ? spare / 2 : spare), y: box.y + box.height - height, width, height };
};

/** Of the size of the type: how far the plate of a word reaches beyond it. Less than half of a space. */
const CHIP = { across: 0.08, above: 0.86, below: 0.23 };

type Chip = {
	readonly from: number;
	readonly until: number;
	readonly baseline: number;
	readonly fitted: FittedText;
	readonly color: string;
};

const chipUnder = ({ mood, frame }: SceneContext, { from, until, baseline, fitted: { size }, color }: Chip, span: Span): Drawing => {
	const height = (CHIP.above + CHIP.below) * size;
	const box = { x: from - CHIP.across * size, y: baseline - CHIP.above * size, width: until - from + 2 * CHIP.across * size, height };
	const radius = round2(Math.min((mood.shape.panelRadius * frame.u) / 2, height / 2));
	return { type: 'rectangle', box: roundBox(box), tracks: shown(span), paint: { type: 'solid', color }, radius };
};

/** A dash between words is written, and takes no time. */
const isHeard = ({ start, end }: WordTiming): boolean => end > start;

type Inside = { readonly x: number; readonly width: number; readonly top: number };

const wordsOf = (captions: Captions, { page, fitted, look }: SetPage, { x, width, top }: Inside): readonly Drawing[] => {
	const { context, active, align } = captions;
	const style = textStyle(fitted, 'subhead');
	const at = frameOf(context);
	const measure = (text: string): number => {
		const { advance, glyphs } = context.request.inputs.fonts.measure(fitted.face, text);
		return advance * fitted.size + glyphs * fitted.tracking;
	};
	// A telephone number is one word of the voice, and several on the page.
	const order = page.words.flatMap(({ text }, index) =>
		text
			.trim()
			.split(/\s+/)
			.map(() => index),
	);
	let piece = 0;
	return fitted.lines.flatMap((line, index): readonly Drawing[] => {
		const baseline = top + fitted.firstBaseline + index * fitted.leading;
		const spare = width - line.width;
		const left = x + (align === 'left' ? 0 : align === 'center' ? spare / 2 : spare);
		const draw = (text: string, place: Span & { readonly color: string; readonly tracks: readonly Track[] }): Drawing => ({
			type: 'text',
			box: roundBox({
				x: place.from,
				y: baseline - fitted.metrics.ascent * fitted.size,
				width: place.until - place.from,
				height: (fitted.metrics.ascent + fitted.metrics.descent) * fitted.size,
			}),
			tracks: place.tracks,
			runs: [{ text, color: place.color }],
			style,
			align: 'left',
			baseline: round2(baseline),
		});
		const pieces = [...line.text.matchAll(/[^ \u00a0]+/g)];
		const isWhole = active.layer.captions.style === 'plain' || isRightToLeft(line.text) || joinsLetters(line.text);
		if (isWhole) return [draw(line.text, { from: left, until: left + line.width, color: look.ink, tracks: [] })];
		return pieces.flatMap(({ 0: text, index: at0 }): readonly Drawing[] => {
			const end = left + measure(line.text.slice(0, at0 + text.length));
			const place = { from: end - measure(text), until: end };
			const current = order[piece++];
			const said = current === undefined ? undefined : page.words[current];
			if (current === undefined || said === undefined || !isHeard(said)) return [draw(text, { ...place, color: look.ink, tracks: [] })];
			const from = at(said.start);
			const next = page.words.slice(current + 1).find(isHeard);
			const span = { from, until: Math.max(from + 1, at(next?.start ?? said.end)) };
			// Two drawings that take turns: a bright word over a dark one would have a dark rim.
			return [
				draw(text, { ...place, color: look.ink, tracks: hidden(span) }),
				...(look.chip === null ? [] : [chipUnder(context, { ...place, baseline, fitted, color: look.chip }, span)]),
				draw(text, { ...place, color: look.lit, tracks: shown(span) }),
			];
		});
	});
};
