import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getCompositions, openBrowser, renderFrames, selectComposition } from '@remotion/renderer';
import sharp from 'sharp';
import { emitEntry } from '../../src/compiler/emit-entry.ts';
import { assetsOf, type SegmentMessage } from '../../src/model/segment-message.ts';
import { STUDIO_DATA_FILE, type StudioData } from '../../src/model/studio-data.ts';
import { bundleEntry, placeAssets } from '../../src/renderer/bundle.ts';
import { writeFontconfig } from '../../src/renderer/fontconfig.ts';
import { locatePackedChromium } from '../../src/renderer/packed-chromium.ts';
import { installBrowser, resolveBrowser } from '../../src/renderer/resolve-browser.ts';
import { createSystemProbes } from '../../src/renderer/system-probes.ts';
import { runtimeDirectory } from '../support/dist.ts';

/** A drawn frame. `data` is RGB, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array; readonly png: Uint8Array };

export type DrawingTable = {
	/** Frames of the reel that the segments make, from the first to the last, both included. */
	draw(segments: readonly SegmentMessage[], first: number, last: number): Promise<readonly Picture[]>;
	/** What the Studio lists for a campaign with this data, or without any: id, size, rate and length of each composition. */
	compositions(data: StudioData | null): Promise<readonly (readonly [string, number, number, number, number])[]>;
	close(): Promise<void>;
};

/** The built runtime in the browser that users get, drawn by Remotion itself. `fileOf` finds the files of the messages' assets. */
export const openDrawingTable = async (fileOf: (sha256: string) => string | null): Promise<DrawingTable> => {
	mkdirSync('.test-build', { recursive: true });
	const directory = resolve(mkdtempSync('.test-build/drawing-'));
	const bundle = await bundleEntry({
		entry: emitEntry({ specName: 'drawing', campaign: 'drawing' }).text,
		runtime: { file: join(runtimeDirectory, 'index.js'), hash: 'test' },
		componentHashes: [],
		cacheDirectory: directory,
	});
	process.env['FONTCONFIG_FILE'] = await writeFontconfig(directory);
	const browser = await openBrowser('chrome', { browserExecutable: await browserPath(), logLevel: 'error' });
	return {
		async draw(segments, first, last) {
			const assets = segments.flatMap(assetsOf).map((asset) => ({ ...asset, path: fileOf(asset.sha256) ?? '' }));
			await placeAssets(bundle.directory, assets);
			const page = { serveUrl: bundle.directory, inputProps: { segments }, puppeteerInstance: browser, logLevel: 'error' } as const;
			const composition = await selectComposition({ ...page, id: 'reel' });
			const drawn: Uint8Array[] = [];
			await renderFrames({
				...page,
				composition,
				imageFormat: 'png',
				concurrency: 1,
				outputDir: null,
				muted: true,
				frameRange: [first, last],
				timeoutInMilliseconds: 20_000,
				onStart: () => undefined,
				onFrameUpdate: () => undefined,
				onFrameBuffer(png, frame) {
					drawn[frame - first] = png;
				},
			});
			return Promise.all(drawn.map(decode));
		},
		async compositions(data) {
			const file = join(bundle.directory, 'public', STUDIO_DATA_FILE);
			if (data !== null) writeFileSync(file, JSON.stringify(data));
			const listed = await getCompositions(bundle.directory, { puppeteerInstance: browser, logLevel: 'error' });
			rmSync(file, { force: true });
			return listed.map(({ id, width, height, fps, durationInFrames }) => [id, width, height, fps, durationInFrames]);
		},
		async close() {
			await browser.close({ silent: true });
			rmSync(directory, { recursive: true, force: true });
		},
	};
};

const browserPath = async (): Promise<string> => {
	const search = {
		environment: process.env,
		probes: createSystemProbes(process.env),
		workingDirectory: process.cwd(),
		cacheDirectory: resolve('.test-build/browser'),
		packed: locatePackedChromium(),
	};
	const { chosen } = await resolveBrowser(search);
	if (chosen === null) throw new Error('no browser: run `npm run build && node dist/cli/main.js doctor`');
	const browser = await installBrowser(chosen, search);
	if (browser.libraryPath !== null) process.env['LD_LIBRARY_PATH'] = browser.libraryPath;
	return browser.path;
};

const decode = async (png: Uint8Array): Promise<Picture> => {
	const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height, data, png };
};

/** `#rrggbb` of a pixel. */
export const colorAt = ({ width, data }: Picture, x: number, y: number): string =>
	`#${Buffer.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)).toString('hex')}`;

/** The smallest box around every pixel that differs from a colour by more than a third of full contrast, in pixels; null without one. */
export const inkBox = (
	{ width, height, data }: Picture,
	ground: string,
): { left: number; right: number; top: number; bottom: number } | null => {
	const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16)) as [number, number, number];
	let box: { left: number; right: number; top: number; bottom: number } | null = null;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = (y * width + x) * 3;
			if (Math.max(Math.abs(data[at]! - red), Math.abs(data[at + 1]! - green), Math.abs(data[at + 2]! - blue)) < 85) continue;
			box = box
				? { left: Math.min(box.left, x), right: Math.max(box.right, x + 1), top: box.top, bottom: y + 1 }
				: { left: x, right: x + 1, top: y, bottom: y + 1 };
		}
	}
	return box;
};
