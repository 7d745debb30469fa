import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import { projectFolders } from '../../src/providers/project-file.ts';
import { readImage } from '../../src/providers/read-image.ts';
import { inFolder } from './project-folder.ts';

const Images = suite('providers/read-image');

const noise = sharp({
	create: { width: 60, height: 40, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
});
const encoded = (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif'): Promise<Buffer> => noise.clone()[format]().toBuffer();
const svg = (body: string, attributes = 'viewBox="0 0 40 20"'): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;

type Files = Readonly<Record<string, string | Uint8Array>>;

const read = (files: Files, written: string) =>
	inFolder({ 'package.json': '{}', 'campaign.yaml': '', ...files }, (folder) =>
		readImage(written, projectFolders(join(folder, 'campaign.yaml'))),
	);

const problem = async (files: Files, written: string): Promise<{ code: string; summary: string; hint: string }> => {
	const result = await read(files, written);
	assert.not(result.ok, `${written} was accepted`);
	return (result as Extract<typeof result, { ok: false }>).problem;
};

for (const [format, extension] of [
	['png', 'png'],
	['jpeg', 'jpg'],
	['webp', 'webp'],
	['gif', 'gif'],
	['avif', 'avif'],
] as const) {
	Images(`a ${format} is known by its content, and named by it`, async () => {
		const bytes = await encoded(format);
		const result = await read({ 'picture.dat': bytes }, 'picture.dat');
		assert.ok(result.ok, JSON.stringify(result));
		if (result.ok) assert.equal(result.value.facts, { asset: { sha256: sha256Hex(bytes), extension }, width: 60, height: 40 });
	});
}

for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif'] as const) {
	Images(`a ${format} that is cut off is refused, though its header is whole`, async () => {
		const bytes = await encoded(format);
		assert.is((await problem({ 'cut.img': bytes.subarray(0, Math.floor(bytes.length * 0.7)) }, 'cut.img')).code, 'RF4003');
	});
}

Images('a photo that is stored on its side has the size that it is seen at', async () => {
	const bytes = await noise.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
	const result = await read({ 'a.jpg': bytes }, 'a.jpg');
	assert.ok(result.ok && result.value.facts.width === 40 && result.value.facts.height === 60);
});

const chunk = (type: string, data: Buffer): Buffer => {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
};

/** A PNG of 50,000 x 50,000 pixels in a few bytes: 10 GB when decoded. */
const hugePng = (): Buffer => {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(50_000, 0);
	header.writeUInt32BE(50_000, 4);
	header.set([8, 6, 0, 0, 0], 8);
	const data = chunk('IDAT', deflateSync(Buffer.alloc(1000)));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), data, chunk('IEND', Buffer.alloc(0))]);
};

Images('a header that promises too many pixels is refused before they are decoded', async () => {
	const { code, summary } = await problem({ 'bomb.png': hugePng() }, 'bomb.png');
	assert.is(code, 'RF4004');
	assert.match(summary, '50000 x 50000');
});

Images('a file over the size limit is refused', async () => {
	assert.is((await problem({ 'big.png': Buffer.alloc(50_000_001, 1) }, 'big.png')).code, 'RF4004');
});

for (const [name, content, looksLike] of [
	['an HTML page', '<!doctype html><html><body>404</body></html>', 'an HTML page'],
	['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n', 'a Git LFS pointer'],
	['JSON', '{"error": "not found"}', 'JSON'],
	['a PDF', '%PDF-1.7 ...', 'a PDF'],
	['plain text', 'hello', 'text'],
	['binary rubbish', Buffer.from([0, 1, 2, 3, 250, 251]), 'no kind of picture that is known'],
	['a HEIC photo', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'a HEIC picture'],
] as const) {
	Images(`${name} that is called .png is refused by what it is`, async () => {
		const { code, summary } = await problem({ 'logo.png': content }, 'logo.png');
		assert.is(code, 'RF4003');
		assert.match(summary, looksLike);
	});
}

Images('a PNG with one byte changed is refused', async () => {
	const bytes = await encoded('png');
	bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
	assert.is((await problem({ 'a.png': bytes }, 'a.png')).code, 'RF4003');
});

Images('an animated picture is refused: it would follow its own clock', async () => {
	const frames = Buffer.concat([Buffer.alloc(300, 0), Buffer.alloc(300, 255)]);
	const bytes = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
		.gif()
		.toBuffer();
	assert.match((await problem({ 'a.gif': bytes }, 'a.gif')).summary, 'is animated');
});

Images('files that are not there, empty, or folders', async () => {
	const files = { 'logo.png': await encoded('png'), 'void.png': '', 'folder/x': 'x' };
	assert.equal(await problem(files, 'lgoo.png'), {
		code: 'RF4001',
		summary: '"lgoo.png" does not exist',
		hint: 'did you mean "logo.png"?',
	});
	assert.is((await problem(files, 'Logo.PNG')).hint, 'did you mean "logo.png"?');
	assert.is((await problem(files, 'nowhere/logo.png')).code, 'RF4001');
	assert.is((await problem(files, 'void.png')).code, 'RF4002');
	assert.is((await problem(files, 'folder')).code, 'RF4001');
});

Images('a file outside of the project is refused, whether it is there or not', async () => {
	for (const written of ['../logo.png', '/etc/hostname', '../../../../../../etc/passwd', 'a\0.png']) {
		assert.is((await problem({}, written)).code, 'RF4006', written);
	}
});

Images('a symbolic link may not lead out of the project, and may stay in it', async () => {
	const png = await encoded('png');
	await inFolder({ 'secret.png': png, 'project/package.json': '{}', 'project/in.png': png }, async (folder) => {
		const project = join(folder, 'project');
		symlinkSync('../secret.png', join(project, 'out.png'));
		symlinkSync('in.png', join(project, 'alias.png'));
		const folders = projectFolders(join(project, 'campaign.yaml'));
		const out = await readImage('out.png', folders);
		assert.is(out.ok ? '' : out.problem.code, 'RF4006');
		assert.ok((await readImage('alias.png', folders)).ok);
	});
});

Images('paths start at the spec and may climb to the root of its project', async () => {
	await inFolder({ '.git/HEAD': '', 'shared/a.png': await encoded('png'), 'specs/launch/x': '' }, async (folder) => {
		const folders = projectFolders(join(folder, 'specs/launch/campaign.yaml'));
		assert.ok((await readImage('../../shared/a.png', folders)).ok);
	});
});

for (const [name, markup, width, height] of [
	['a view box', svg('<rect width="9" height="9"/>'), 40, 20],
	['a size in pixels', svg('<rect width="9" height="9"/>', 'width="30px" height="10"'), 30, 10],
	['a size in inches', svg('<rect width="9" height="9"/>', 'width="1in" height=".5in"'), 96, 48],
	['percentages and a view box', svg('<rect width="9" height="9"/>', 'width="100%" height="100%" viewBox="0 0 7 8"'), 7, 8],
	['a gradient of its own', svg('<defs><linearGradient id="g"/></defs><rect fill="url(#g)" width="9" height="9"/>'), 40, 20],
	['a prologue and a comment', `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- made <svg> -->${svg('<path d="M0 0h4"/>')}`, 40, 20],
] as const) {
	Images(`an SVG with ${name} is accepted`, async () => {
		const result = await read({ 'logo.svg': markup }, 'logo.svg');
		assert.ok(result.ok, JSON.stringify(result));
		if (result.ok)
			assert.equal([result.value.facts.width, result.value.facts.height, result.value.facts.asset.extension], [width, height, 'svg']);
	});
}

const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${svg('<path d="&b;"/>')}`;

for (const [name, markup, reason] of [
	['entities', laughs, 'it declares a document type'],
	['a script', svg('<script>fetch("/")</script>'), 'it has a script'],
	['a prefixed script', svg('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>'), 'it has a script'],
	['an event handler', svg('<rect onload="x()"/>'), 'it has an event handler'],
	['a page inside', svg('<foreignObject><p/></foreignObject>'), 'it embeds another document'],
	['a file of the machine', svg('<image href="file:///etc/passwd"/>'), 'it refers to "file:///etc/passwd"'],
	['a disguised address', svg('<image xlink:href="&#104;ttps://a.example/x.png"/>'), 'it refers to "https://a.example/x.png"'],
	['a remote fill', svg('<rect fill="url(https://a.example/#g)"/>'), 'it refers to "https://a.example/#g"'],
	['another SVG inside', svg('<image href="data:image/svg+xml;base64,AA"/>'), 'it refers to "data:image/svg+xml'],
	['a style sheet', svg('<style>@import "x.css";</style>'), 'it needs a style sheet of its own'],
	['an animation', svg('<rect><animate attributeName="x" dur="1s"/></rect>'), 'it moves by itself'],
	['text', svg('<text>Acme</text>'), 'it has text'],
	['no size', svg('<rect width="9" height="9"/>', ''), 'it has no size'],
	['tags that do not close', svg('<g><rect width="9" height="9"/>'), 'is damaged or cut off'],
	['too much markup', svg(`<path d="${'M0 0h1'.repeat(400_000)}"/>`), 'it has more than 2 MB'],
] as const) {
	Images(`an SVG with ${name} is refused`, async () => {
		const { code, summary } = await problem({ 'logo.svg': markup }, 'logo.svg');
		assert.is(code, 'RF4003');
		assert.match(summary, reason);
	});
}

Images('an SVG whose copies multiply is refused in time', async () => {
	const levels = Array.from({ length: 12 }, (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}"/>`.repeat(10)}</g>`).join('');
	const started = performance.now();
	const markup = svg(`<defs><rect id="l0" width="1" height="1"/>${levels}</defs><use href="#l12"/>`);
	assert.is((await problem({ 'bomb.svg': markup }, 'bomb.svg')).code, 'RF4003');
	assert.ok(performance.now() - started < 25_000);
});

Images.run();
