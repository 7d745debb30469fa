import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import { openFetcher } from '../../src/providers/http/fetcher.ts';
import { projectFolders } from '../../src/providers/project-file.ts';
import { openRowImages, type RowImage, type RowImages } from '../../src/providers/row-images.ts';
import { serve, type TestServer } from '../support/fault-server.ts';
import { inFolder } from './project-folder.ts';

const Images = suite('providers/row-images');

const flat = (width: number, height: number, background = '#e11d48') => sharp({ create: { width, height, channels: 3, background } });
const png = await flat(60, 40).png().toBuffer();
const gif = await sharp(Buffer.concat([Buffer.alloc(300, 0), Buffer.alloc(300, 255)]), {
	raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
})
	.gif()
	.toBuffer();
const svg = (body: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">${body}</svg>`;

const ANSWERS: Readonly<Record<string, string | Uint8Array>> = {
	'/logo.png': png,
	'/same.png': png,
	'/logo.svg': svg('<rect width="40" height="20" fill="#635bff"/>'),
	'/page.png': '<!doctype html><html><body>404</body></html>',
	'/cut.png': png.subarray(0, png.length - 20),
	'/bomb.svg': `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${svg('<path d="&b;"/>')}`,
	'/script.svg': svg('<script>1</script>'),
	'/moving.gif': gif,
	'/wide.png': await flat(50_000, 2).png().toBuffer(),
	'/big.png': Buffer.alloc(10_000_001, 1),
	'/empty.png': '',
};

type World = { readonly images: RowImages; readonly server: TestServer; readonly directory: string; readonly folder: string };

const answerFile = (path: string, response: ServerResponse): void => {
	const body = ANSWERS[path];
	if (path === '/loop.png') response.writeHead(302, { location: '/loop.png' }).end();
	else if (path.startsWith('/down')) response.writeHead(500).end();
	else if (body === undefined) response.writeHead(404).end('no');
	else response.end(body);
};

const withImages = (test: (world: World) => Promise<void>): Promise<void> =>
	inFolder({ 'package.json': '{}', 'campaign.yaml': '', 'assets/logo.png': png, 'assets/a.txt': 'x' }, async (folder) => {
		const server = await serve(({ url }, response) => answerFile(url.split('?')[0]!, response));
		const fetcher = openFetcher({ allowPrivate: [server.host], sleep: async () => undefined });
		const directory = join(folder, '.reelform', 'assets');
		try {
			await test({
				images: openRowImages({ fetcher, folders: projectFolders(join(folder, 'campaign.yaml')), directory }),
				server,
				directory,
				folder,
			});
		} finally {
			await fetcher.close();
			await server.close();
		}
	});

const one = async (images: RowImages, written: string, palette = false): Promise<RowImage> => {
	const found = await images.resolve([written], { palette });
	assert.equal([...found.keys()], [written]);
	return found.get(written)!;
};

Images('an address becomes a file that is named by its hash, and nobody else may read', () =>
	withImages(async ({ images, server, directory }) => {
		const sha256 = sha256Hex(png);
		const file = join(directory, `${sha256}.png`);
		const expected = { ok: true, facts: { asset: { sha256, extension: 'png' }, width: 60, height: 40 }, file, palette: [] };
		assert.equal(await one(images, `${server.origin}/logo.png`), expected);
		assert.equal(readdirSync(directory), [`${sha256}.png`]);
		assert.is(statSync(directory).mode & 0o777, 0o700);
		assert.is(statSync(file).size, png.length);
	}),
);

Images('a path is a picture of the project, and is not copied', () =>
	withImages(async ({ images, directory, folder }) => {
		const image = await one(images, 'assets/logo.png', true);
		assert.ok(image.ok && image.file === join(projectFolders(join(folder, 'x')).root, 'assets/logo.png'));
		assert.equal(image.ok && image.palette, ['#e11d48']);
		assert.not(existsSync(directory));
	}),
);

Images('pictures are fetched once, kept once by content, and told by every text that names them', () =>
	withImages(async ({ images, server, directory }) => {
		const written = ['/logo.png', '/same.png', '/logo.svg', '/logo.png?v=2', '/logo.png'].map((path) => server.origin + path);
		const found = await images.resolve(written, { palette: true });
		assert.equal([...found.keys()], [...new Set(written)]);
		assert.equal(
			[...found.values()].map((image) => image.ok && image.palette[0]),
			['#e11d48', '#e11d48', '#635bff', '#e11d48'],
		);
		await images.resolve(written, { palette: false });
		assert.is(server.seen.length, 4);
		assert.is(readdirSync(directory).length, 2);
	}),
);

for (const [path, summary] of [
	['/page.png', 'answers with an HTML page, not with a picture'],
	['/cut.png', 'is damaged or cut off'],
	['/bomb.svg', 'it declares a document type'],
	['/script.svg', 'it has a script'],
	['/moving.gif', 'is animated'],
	['/wide.png', 'is 50000 x 2, more than 16384 to a side'],
	['/big.png', 'answers with more than 10 MB'],
	['/empty.png', 'answers with nothing'],
	['/nowhere.png', 'answers with status 404'],
	['/loop.png', 'answers with status 302'],
] as const) {
	Images(`what ${path} gives is refused, and the others are there`, () =>
		withImages(async ({ images, server, directory }) => {
			const [bad, good] = [`${server.origin}${path}?token=hunter2`, `${server.origin}/logo.png`];
			const found = await images.resolve([bad, good], { palette: false });
			const problem = found.get(bad)!;
			assert.not(problem.ok);
			if (problem.ok) return;
			assert.is(problem.code, 'RF4213');
			assert.match(problem.summary, summary);
			assert.not.match(JSON.stringify(problem), 'hunter2');
			assert.ok(found.get(good)?.ok);
			assert.ok(readdirSync(directory).length <= 2 && readdirSync(directory).every((name) => !name.endsWith('.part')));
		}),
	);
}

for (const [written, code] of [
	['http://127.0.0.1:1/logo.png', 'RF4210'],
	['http://169.254.169.254/latest', 'RF4210'],
	['data:image/png;base64,AAAA', 'RF4210'],
	['file:///etc/passwd', 'RF4210'],
	['javascript:alert(1)', 'RF4210'],
	['C:\\logo.png', 'RF4210'],
	['//127.0.0.1/logo.png', 'RF4210'],
	['\\\\server\\share\\logo.png', 'RF4210'],
	['http://', 'RF4210'],
	['/etc/passwd', 'RF4213'],
	['../../etc/passwd', 'RF4213'],
	['assets/a.txt', 'RF4213'],
	['assets/none.png', 'RF4213'],
	['assets', 'RF4213'],
	['', 'RF4213'],
	['a\0.png', 'RF4213'],
	['x'.repeat(100_000), 'RF4213'],
] as const) {
	Images(`${JSON.stringify(written.slice(0, 40))} is no picture that a row may name`, () =>
		withImages(async ({ images, server, directory }) => {
			const image = await one(images, written);
			assert.is(image.ok ? '' : image.code, code, JSON.stringify(image));
			assert.is(server.seen.length, 0);
			assert.not(existsSync(directory));
		}),
	);
}

Images('a host that fails five times in a row is asked no more', () =>
	withImages(async ({ images, server }) => {
		for (let row = 0; row < 7; row++) assert.not((await one(images, `${server.origin}/down/${row}.png`)).ok);
		assert.is(server.seen.length, 5 * 4);
		const image = await one(images, `${server.origin}/logo.png`);
		assert.match(image.ok ? '' : image.summary, 'was not asked: its host has failed 5 times in a row');
	}),
);

Images('a host that fails is asked no more by those who wait their turn beside each other', () =>
	withImages(async ({ images, server }) => {
		const written = Array.from({ length: 20 }, (_, row) => `${server.origin}/down/${row}.png`);
		const found = await images.resolve(written, { palette: false });
		assert.is([...found.values()].filter(({ ok }) => ok).length, 0);
		// Four ask at once: three more may be under way when the fifth fails. Each tries four times.
		assert.ok(server.seen.length <= (5 + 3) * 4, `${server.seen.length}`);
	}),
);

for (const [path, passing] of [
	['/down/1.png', true],
	['/nowhere.png', undefined],
	['/page.png', undefined],
	['/cut.png', undefined],
] as const)
	Images(`what ${path} gives is ${passing ? 'the fault of the service, and passes' : 'the fault of the row'}`, () =>
		withImages(async ({ images, server }) => {
			const image = await one(images, `${server.origin}${path}`);
			assert.is(image.ok ? null : image.passing, passing);
		}),
	);

Images('a host that nobody answers at is the fault of the service, also when it is asked no more', async () => {
	const gone = await serve(() => {});
	await gone.close();
	await inFolder({ 'package.json': '{}' }, async (folder) => {
		const fetcher = openFetcher({ allowPrivate: [gone.host], sleep: async () => undefined });
		const images = openRowImages({ fetcher, folders: projectFolders(join(folder, 'x.yaml')), directory: join(folder, 'kept') });
		for (let row = 0; row < 6; row++) {
			const image = await one(images, `${gone.origin}/${row}.png`);
			assert.ok(!image.ok && image.passing);
		}
		await fetcher.close();
	});
});

Images('no more than four are asked for at once', async () => {
	let [open, most] = [0, 0];
	const server = await serve((_request, response) => {
		most = Math.max(most, ++open);
		setTimeout(() => {
			open--;
			response.end(png);
		}, 20);
	});
	await inFolder({ 'package.json': '{}' }, async (folder) => {
		const fetcher = openFetcher({ allowPrivate: [server.host] });
		const images = openRowImages({ fetcher, folders: projectFolders(join(folder, 'x.yaml')), directory: join(folder, 'kept') });
		const addresses = Array.from({ length: 12 }, (_, row) => `${server.origin}/${row}.png`);
		const halves = await Promise.all([
			images.resolve(addresses.slice(0, 6), { palette: false }),
			images.resolve(addresses.slice(6), { palette: true }),
		]);
		assert.ok(halves.every((found) => found.size === 6 && [...found.values()].every((image) => image.ok)));
		await fetcher.close();
	});
	await server.close();
	assert.is(most, 4);
});

Images('a folder that cannot be written is told as what it is, and asked again', () =>
	withImages(async ({ images, server, folder }) => {
		if (process.getuid?.() === 0) return;
		chmodSync(folder, 0o500);
		const error = await one(images, `${server.origin}/logo.png`).catch((thrown: unknown) => thrown);
		chmodSync(folder, 0o700);
		assert.is((error as NodeJS.ErrnoException).code, 'EACCES');
		assert.ok((await one(images, `${server.origin}/logo.png`)).ok);
	}),
);

Images.run();
