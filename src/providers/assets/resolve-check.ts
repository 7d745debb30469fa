import { readFile, stat } from 'node:fs/promises';
import { checkImage } from '../check-image.ts';
import { readVideoFile } from '../read-video.ts';
import { svgIcon } from '../svg-icon.ts';
import { readSound } from './read-sound.ts';
import type { CheckFile } from './resolve-types.ts';

/** Checks a fetched file by its content, down to where its frames stand: whatever a provider calls it, only what can be shown or heard goes into the cache. */
export const checkFetched: CheckFile = async (file, { name, query }) => {
	const called = `asset.${name}`;
	switch (query.kind) {
		case 'video': {
			const { size } = await stat(file);
			const read = await readVideoFile(called, { path: file, bytes: size });
			if (!read.ok) return read;
			const { width, height, end, asset } = read.value.facts;
			return { ok: true, value: { extension: asset.extension, width, height, seconds: end } };
		}
		case 'icon': {
			const shape = svgIcon(called, await readFile(file));
			return shape.ok ? { ok: true, value: { extension: 'svg' } } : shape;
		}
		case 'image':
		case 'generated-image': {
			const image = await checkImage(called, await readFile(file));
			if (!image.ok) return image;
			const { width, height, asset } = image.value;
			return { ok: true, value: { extension: asset.extension, width, height } };
		}
		default: {
			const sound = await readSound(called, file);
			return sound.ok ? { ok: true, value: { extension: sound.value.extension, seconds: sound.value.seconds } } : sound;
		}
	}
};
