import { type Caption, serializeSrt } from '@remotion/captions';
import type { WordTiming } from '../model/sound.ts';

/** How much one page may hold. */
export type PageLimits = { readonly maxCharacters: number; readonly maxSeconds: number; readonly maxWords: number };

/** Words that are shown together, from `start` to `end` in seconds. A page ends where the next begins, unless there is a long pause between them. */
export type CaptionPage = { readonly text: string; readonly start: number; readonly end: number; readonly words: readonly WordTiming[] };

/** A silence that ends a page, and how long a page stays into it. Seconds. */
const LONG_PAUSE = 0.4;
const STAYS = 0.25;
const SENTENCE_END = /[.!?…]["'”’)\]]*$/u;

/**
 * Pages in the style of short videos: none runs over the end of a sentence or a long pause, and a sentence that needs several is cut into pages of about one length,
 * so that no word is left over. A word that alone exceeds the limits is a page of its own. `maxWords` >= 1.
 */
export const pagesOf = (words: readonly WordTiming[], limits: PageLimits): readonly CaptionPage[] => {
	const pages = stretchesOf(words, limits).flatMap((stretch) => cutEvenly(stretch, limits));
	return pages.map((page, index) => {
		const [first, last, next] = [page[0], page.at(-1), pages[index + 1]?.[0]];
		const heard = last?.end ?? 0;
		const end = next === undefined ? heard + STAYS : next.start - heard < LONG_PAUSE ? Math.max(heard, next.start) : heard + STAYS;
		return { text: textOf(page), start: first?.start ?? 0, end, words: page };
	});
};

const textOf = (words: readonly WordTiming[]): string => words.map(({ text }) => text).join(' ');

const fits = (words: readonly WordTiming[], { maxCharacters, maxSeconds, maxWords }: PageLimits): boolean =>
	words.length <= maxWords && textOf(words).length <= maxCharacters && (words.at(-1)?.end ?? 0) - (words[0]?.start ?? 0) <= maxSeconds;

/** Words between two hard breaks. A sentence of one word joins the one before it, where no pause parts them and one page holds both. */
const stretchesOf = (words: readonly WordTiming[], limits: PageLimits): readonly (readonly WordTiming[])[] => {
	const stretches: WordTiming[][] = [];
	for (const [index, word] of words.entries()) {
		const before = words[index - 1];
		const open = before !== undefined && !SENTENCE_END.test(before.text) && word.start - before.end < LONG_PAUSE;
		if (open) stretches.at(-1)?.push(word);
		else stretches.push([word]);
	}
	return stretches.reduce<(readonly WordTiming[])[]>((joined, stretch) => {
		const last = joined.at(-1);
		const near = last !== undefined && stretch.length === 1 && (stretch[0]?.start ?? 0) - (last.at(-1)?.end ?? 0) < LONG_PAUSE;
		if (near && fits([...last, ...stretch], limits)) joined[joined.length - 1] = [...last, ...stretch];
		else joined.push(stretch);
		return joined;
	}, []);
};

/** The fewest pages that hold the words; among those, the ones whose lengths differ least. */
const cutEvenly = (words: readonly WordTiming[], limits: PageLimits): readonly (readonly WordTiming[])[] => {
	type Best = { readonly pages: number; readonly unevenness: number; readonly from: number };
	const best: Best[] = [{ pages: 0, unevenness: 0, from: 0 }];
	for (let end = 1; end <= words.length; end++) {
		let found: Best | null = null;
		for (let from = end - 1; from >= 0 && end - from <= limits.maxWords; from--) {
			const page = words.slice(from, end);
			const before = best[from];
			if (before === undefined || (page.length > 1 && !fits(page, limits))) break;
			const next = { pages: before.pages + 1, unevenness: before.unevenness + textOf(page).length ** 2, from };
			if (found === null || next.pages < found.pages || (next.pages === found.pages && next.unevenness < found.unevenness)) found = next;
		}
		best.push(found ?? { pages: end, unevenness: 0, from: end - 1 });
	}
	const pages: (readonly WordTiming[])[] = [];
	for (let end = words.length; end > 0; end = best[end]?.from ?? 0) pages.unshift(words.slice(best[end]?.from ?? 0, end));
	return pages;
};

/** The words in the shape of `@remotion/captions`: white space before each but the first of a page, and a break after the last of one. */
export const captionsOf = (pages: readonly CaptionPage[]): readonly Caption[] => pages.flatMap(pageCaptions);

const pageCaptions = ({ words }: CaptionPage): readonly Caption[] =>
	words.map(({ text, start, end }, index) => ({
		text: index === 0 ? text : ` ${text}`,
		startMs: milliseconds(start),
		endMs: milliseconds(end),
		timestampMs: milliseconds((start + end) / 2),
		confidence: null,
		...(index === words.length - 1 ? { pageBreakAfter: true } : {}),
	}));

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);

/** Subtitles as an SRT file. */
export const srtOf = (pages: readonly CaptionPage[]): string => {
	const lines = pages.map(({ text, start, end }) => [wholePage(text, start, end)]);
	return lines.length === 0 ? '' : `${serializeSrt({ lines })}\n`;
};

const wholePage = (text: string, start: number, end: number): Caption => ({
	text,
	startMs: milliseconds(start),
	endMs: milliseconds(end),
	timestampMs: null,
	confidence: null,
});

/** Subtitles as a WebVTT file. */
export const vttOf = (pages: readonly CaptionPage[]): string =>
	['WEBVTT', ...pages.map(({ text, start, end }) => `${clock(start)} --> ${clock(end)}\n${escaped(text)}`)].join('\n\n').concat('\n');

const clock = (seconds: number): string => {
	const total = milliseconds(seconds);
	const part = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
	return `${part(total / 3_600_000)}:${part((total / 60_000) % 60)}:${part((total / 1000) % 60)}.${part(total % 1000, 3)}`;
};

/** What begins a tag or an entity in WebVTT, and the arrow that parts two times. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
