import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeardSentence } from '../../src/audio/voice/place-sentences.ts';

/** What a voice told of each sentence that is kept in a cache of assets, by its text. */
export const saidSentences = (cache: string): ReadonlyMap<string, HeardSentence> => {
	const folder = join(cache, 'voices');
	const records = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.json'));
	return new Map(
		records.map((name) => {
			const { seconds, words }: HeardSentence = JSON.parse(readFileSync(join(folder, name), 'utf8'));
			return [words.map(({ text }) => text).join(' '), { seconds, words }];
		}),
	);
};
