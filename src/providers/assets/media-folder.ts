import { readdir, readFile, realpath } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ProviderResult } from '../../ports/asset-provider.ts';
import { checkImage } from '../check-image.ts';
import { readVideo } from '../read-video.ts';
import { failed } from './provider-problem.ts';
import { readSound } from './read-sound.ts';
import { readSidecar, SIDECAR_ENDING, type Sidecar } from './sidecar.ts';

/** A file of a folder of media. `name` is its path below the folder, with `/`. */
export type MediaFile = {
	readonly name: string;
	readonly path: string;
	readonly medium: 'video' | 'image' | 'sound';
	readonly sidecar: Sidecar;
};

export type MediaFacts = {
	readonly width: number | null;
	readonly height: number | null;
	readonly seconds: number | null;
	/** Average, as #rrggbb. */
	readonly color: string | null;
};

const ENDINGS: Readonly<Record<MediaFile['medium'], readonly string[]>> = {
	video: ['.mp4', '.mov', '.webm', '.mkv', '.m4v'],
	image: ['.png', '.jpg', '.jpeg', '.webp', '.avif', '.gif', '.svg'],
	sound: ['.wav', '.mp3', '.m4a', '.flac', '.ogg', '.aac'],
};
const MOST_FILES = 50_000;
const DEEPEST = 6;

/**
 * All files of one medium in a folder and those below it, by name; none if it is not there. Links are not followed. More than `most` are refused: a search
 * that leaves some out would say that there is nothing.
 */
export const listMedia = async (
	folder: string,
	medium: MediaFile['medium'],
	most = MOST_FILES,
): Promise<ProviderResult<readonly MediaFile[]>> => {
	const names = (await namesIn(folder, '', 0)).filter((name) => ENDINGS[medium].includes(extname(name).toLowerCase()));
	if (names.length > most) return tooManyFiles(medium, names.length, most);
	const files: MediaFile[] = [];
	for (const name of names) {
		const path = join(folder, name);
		const sidecar = await readSidecar(path, name);
		if (!sidecar.ok) return sidecar;
		files.push({ name, path, medium, sidecar: sidecar.value });
	}
	return { ok: true, value: files };
};

const tooManyFiles = (medium: MediaFile['medium'], found: number, most: number): ReturnType<typeof failed> =>
	failed(
		'lasting',
		`the folder of media has ${found} files of ${medium}, and ${most} at most are searched`,
		'name a smaller one in `assets.folder`, or move files out of it',
	);

const namesIn = async (folder: string, below: string, depth: number): Promise<readonly string[]> => {
	const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
	const names = entries
		.filter(({ name }) => !name.startsWith('.') && !name.endsWith(SIDECAR_ENDING))
		.map(async (entry) => {
			const name = below === '' ? entry.name : `${below}/${entry.name}`;
			if (entry.isDirectory()) return depth < DEEPEST ? namesIn(folder, name, depth + 1) : [];
			return entry.isFile() ? [name] : [];
		});
	return (await Promise.all(names)).flat().sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
};

/** Size, length and colour of a file; null for one that cannot be used. */
export const mediaFacts = async ({ name, path, medium }: MediaFile, folder: string): Promise<MediaFacts | null> => {
	if (medium === 'sound') {
		const sound = await readSound(name, path).catch(() => null);
		return sound?.ok ? { width: null, height: null, seconds: sound.value.seconds, color: null } : null;
	}
	if (medium === 'video') {
		const root = await realpath(folder);
		const video = await readVideo(name, { specFolder: root, root });
		return video.ok
			? { width: video.value.facts.width, height: video.value.facts.height, seconds: video.value.facts.end, color: null }
			: null;
	}
	const bytes = await readFile(path);
	const image = await checkImage(name, bytes);
	return image.ok ? { width: image.value.width, height: image.value.height, seconds: null, color: await averageColor(bytes) } : null;
};

const averageColor = async (bytes: Buffer): Promise<string | null> => {
	const { default: sharp } = await import('sharp');
	const pixel = await sharp(bytes, { limitInputPixels: false })
		.flatten({ background: '#ffffff' })
		.toColourspace('srgb')
		.resize(1, 1, { fit: 'fill' })
		.raw({ depth: 'uchar' })
		.toBuffer();
	const [red = 0, green = red, blue = red] = pixel;
	return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
};
