import type { AssetHit, AssetProvider, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { at, type Fields, fieldsOf, linkAt, listOf, sizeAt, textAt } from './json-fields.ts';
import type { Link } from './keep-file.ts';
import { noSuchId, unusable } from './provider-problem.ts';
import { type AdapterOptions, openStock } from './stock.ts';

const ID = 'epidemic-sound';

/** Tracks of Epidemic Sound's partner API. Its terms forbid to keep what it says about a track: hits carry no more than is needed to choose. */
export const openEpidemicSound = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider => {
	const headers = { authorization: `Bearer ${apiKey ?? ''}` };
	const ask = (asker: Asker, path: string, parameters = {}) => askJson(asker, { url: addressOf(baseUrl, path, parameters), headers });
	return openStock({
		id: ID,
		kinds: ['music'],
		needs: ['EPIDEMIC_SOUND_API_KEY'],
		hasKey: apiKey !== null,
		keepsNoAnswers: true,
		fetcher,
		search: async ({ text, mood, genre, bpm }, asker) => {
			const parameters = { term: text || null, mood, genre, bpmMin: bpm?.min ?? null, bpmMax: bpm?.max ?? null, limit: 60 };
			const answer = await ask(asker, '/v0/tracks/search', parameters);
			return answer.ok ? { ok: true, value: instrumentalFirst(listOf(at(answer.value.value, 'tracks'))) } : answer;
		},
		lookUp: async (id, _query, asker) => {
			const answer = await ask(asker, `/v0/tracks/${id}`);
			if (!answer.ok) return answer;
			const track = fieldsOf(answer.value.value);
			return textAt(track, 'id') === null ? noSuchId(ID, id) : { ok: true, value: track };
		},
		hitOf,
		linkOf: async (track, _query, asker): Promise<ProviderResult<Link>> => {
			const path = `/v0/tracks/${encodeURIComponent(textAt(track, 'id') ?? '')}/download`;
			const answer = await ask(asker, path, { format: 'mp3', quality: 'high' });
			if (!answer.ok) return answer;
			const url = linkAt(answer.value.value, 'url');
			return url === null ? unusable('lasting', `${ID} gives no link to the track`, 'pin another track') : { ok: true, value: { url } };
		},
	});
};

/** A voice-over and a singer talk at once. */
const instrumentalFirst = (tracks: readonly Fields[]): readonly Fields[] => [
	...tracks.filter((track) => at(track, 'hasVocals') !== true),
	...tracks.filter((track) => at(track, 'hasVocals') === true),
];

const hitOf = (track: Fields): AssetHit | null => {
	const id = textAt(track, 'id');
	if (id === null || at(track, 'isPreviewOnly') === true) return null;
	return {
		id,
		page: null,
		width: null,
		height: null,
		seconds: sizeAt(track, 'length'),
		color: null,
		title: textAt(track, 'title') ?? '',
		license: 'Epidemic Sound License',
		attribution: 'Music from Epidemic Sound',
		cost: 0,
	};
};
