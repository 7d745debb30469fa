import MiniSearch from 'minisearch';
import type { MediaFile } from './media-folder.ts';

/** Words of one idea: a search for one finds what is called by another. */
const SYNONYMS: readonly (readonly string[])[] = [
	['city', 'urban', 'town', 'skyline', 'downtown', 'metropolis'],
	['office', 'workplace', 'workspace', 'desk'],
	['team', 'people', 'colleagues', 'group', 'meeting'],
	['person', 'man', 'woman', 'human', 'portrait'],
	['night', 'evening', 'dusk', 'dark'],
	['morning', 'sunrise', 'dawn'],
	['sunset', 'evening', 'dusk'],
	['aerial', 'drone', 'above', 'birdseye'],
	['sea', 'ocean', 'water', 'beach', 'coast'],
	['forest', 'woods', 'trees', 'nature'],
	['mountain', 'mountains', 'hills', 'alps'],
	['computer', 'laptop', 'screen', 'technology', 'tech'],
	['phone', 'smartphone', 'mobile'],
	['car', 'vehicle', 'driving', 'road', 'traffic'],
	['food', 'meal', 'cooking', 'kitchen', 'restaurant'],
	['shop', 'store', 'shopping', 'retail'],
	['happy', 'uplifting', 'upbeat', 'cheerful', 'joyful'],
	['calm', 'relaxed', 'ambient', 'peaceful', 'chill'],
	['energetic', 'driving', 'powerful', 'action'],
	['corporate', 'business', 'professional'],
	['cinematic', 'epic', 'dramatic', 'film'],
	['abstract', 'background', 'texture', 'gradient'],
];

/** Words that say how a picture is to be, and nothing of what is in it. */
const LITTLE: ReadonlySet<string> = new Set(['a', 'an', 'the', 'of', 'in', 'on', 'at', 'with', 'and', 'for', 'to', 'by', 'from']);

/** Files that fit the words: those that fit all of them first, in words of their own or synonyms; then those that fit some. Equal ones by name. */
export const searchMedia = (files: readonly MediaFile[], text: string): readonly MediaFile[] => {
	const words = wordsIn(text);
	if (words.length === 0) return files;
	const index = new MiniSearch({
		fields: ['title', 'tags', 'name'],
		idField: 'name',
		tokenize: wordsIn,
		searchOptions: { boost: { tags: 2, title: 2 }, prefix: (term) => term.length > 3, fuzzy: (term) => (term.length > 5 ? 0.2 : false) },
	});
	index.addAll(files.map(({ name, sidecar }) => ({ name, title: sidecar.title ?? '', tags: sidecar.tags.join(' ') })));
	const queries = words.map((word) => ({ combineWith: 'OR' as const, queries: [word, ...synonymsOf(word)] }));
	const ranked = (combineWith: 'AND' | 'OR'): readonly string[] =>
		[...index.search({ combineWith, queries })]
			.sort((a, b) => b.score - a.score || (String(a.id) < String(b.id) ? -1 : 1))
			.map(({ id }) => String(id));
	const names = new Set([...ranked('AND'), ...ranked('OR')]);
	const byName = new Map(files.map((file) => [file.name, file]));
	return [...names].flatMap((name) => byName.get(name) ?? []);
};

const synonymsOf = (word: string): readonly string[] => [
	...new Set(SYNONYMS.filter((group) => group.includes(word)).flatMap((group) => group.filter((other) => other !== word))),
];

/** Letters and figures of any script, in lower case: `City_Night-02.mp4` is city, night, 02, mp4. */
const wordsIn = (text: string): string[] =>
	(
		text
			.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? []
	).filter((word) => !LITTLE.has(word));
