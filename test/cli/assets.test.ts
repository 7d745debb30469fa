import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type AssetProject, inAssetProject, NO_NETWORK, type TestServices } from '../support/asset-vendor-project.ts';
import { makeAssetMedia } from '../support/vendors/asset-media.ts';
import { KEY, pexels, type Vendor } from '../support/vendors/asset-vendors.ts';
import { ELEVENLABS_KEY, serveElevenLabs } from '../support/vendors/elevenlabs.ts';
import { type ServedVendor, serveVendor } from '../support/vendors/serve-vendor.ts';
import type { VoiceVendor } from '../support/vendors/voice-vendor.ts';
import { serveWellSaid, WELLSAID_KEY } from '../support/vendors/wellsaid.ts';

const AssetCommands = suite('cli/assets');

const SPEC = 'shop.campaign.yaml';
const LOCK = 'shop.campaign.lock.yaml';
const ALL_KEYS = { PEXELS_API_KEY: KEY, ELEVENLABS_API_KEY: ELEVENLABS_KEY };

type Sketch = {
	readonly city?: string;
	readonly voice?: string;
	readonly settings?: string;
	readonly first?: string;
	readonly data?: string;
};

/** A picture of a library, a voice that is paid for, and two sentences. */
const shop = ({ city, voice, settings, first, data }: Sketch = {}): string => `
reelform: 1
campaign: shop
platforms: [{name: wide, width: 320, height: 180, fps: 24}]
durations: [4]
variants: {plain: {mood: minimal}}
assets:
  city: {stockImage: {query: city at night}, provider: pexels${city ?? ''}}
  voice: {voice: professional-female-1, ${voice ?? 'provider: elevenlabs'}}
${settings ?? ''}
${data ?? ''}
scenes:
  - {id: one, duration: 2, transition: cut, voiceover: ${first ?? "'Hi there.'"}, background: {type: image, path: asset.city}, layers: [{text: One, role: headline}]}
  - {id: two, voiceover: 'Good day.', layers: [{text: Two, role: headline}]}
${data === undefined ? '' : "output: {naming: '{platform}-{key}.mp4'}"}
`;

const PEOPLE = `data:
  recipients: {type: csv, path: people.csv, key: id, fields: {id: {type: string}, name: {type: string, required: true}}}
`;

type Services = { readonly library: ServedVendor; readonly speaker: VoiceVendor; readonly services: TestServices };

const media = makeAssetMedia();

const withServices = async (act: (services: Services) => Promise<void>, vendor: Vendor = pexels): Promise<void> => {
	const library = await serveVendor(vendor, (await media).image);
	const speaker = await serveElevenLabs();
	const services = {
		hosts: [library.host, speaker.host],
		assets: { pexels: library.origin },
		voices: { elevenlabs: speaker.origin },
	};
	try {
		await act({ library, speaker, services });
		assert.equal([library.undocumented(), speaker.wrong], [[], []]);
	} finally {
		await Promise.all([library.close(), speaker.close()]);
	}
};

const inShop = (sketch: Sketch, act: (project: AssetProject, services: Services) => Promise<void>): Promise<void> =>
	withServices((services) => inAssetProject({ [SPEC]: shop(sketch) }, (project) => act(project, services)));

const sentencesOf = (project: AssetProject): number => project.read(LOCK).match(/^ {2}[0-9a-f]{64}:/gm)?.length ?? 0;

AssetCommands('resolve says its cost first, fetches and says everything, and a second one asks nobody', () =>
	inShop({}, async (project, { library, speaker, services }) => {
		const before = JSON.parse((await project.run(services, ALL_KEYS, 'assets', 'list', SPEC, '--json')).stdout);
		assert.equal(
			before.assets.map(({ name, state }: { name: string; state: string }) => [name, state]),
			[
				['city', 'unresolved'],
				['voice', 'unresolved'],
			],
		);
		assert.equal(before.assets[1].sentences, { all: 2, open: 2 });
		assert.is(library.seen.length + speaker.seen.length, 0);
		const first = await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC);
		assert.is(first.code, 0, first.stderr);
		assert.match(first.stderr, /voice \(2 sentences\) +elevenlabs +0\.005 USD/);
		assert.ok(first.stderr.indexOf('at most') < first.stderr.indexOf('spoken voice: 2 sentences'), first.stderr);
		assert.is(speaker.paid.length, 2);
		assert.is(sentencesOf(project), 2);
		const [asked, lock] = [library.seen.length, project.read(LOCK)];
		const second = await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC);
		assert.equal([second.code, second.stdout], [0, 'Everything is at hand.\n']);
		assert.equal([library.seen.length, speaker.paid.length, project.read(LOCK)], [asked, 2, lock]);
		const after = await project.run(services, {}, 'assets', 'list', SPEC);
		assert.match(after.stdout, /city .*ready/);
		assert.match(after.stdout, /voice .*ready \(2 sentences\)/);
	}),
);

AssetCommands('update, pin and licenses work on what is locked', () =>
	inShop({}, async (project, { library, speaker, services }) => {
		const run = (...args: readonly string[]) => project.run(services, ALL_KEYS, 'assets', ...args);
		assert.is((await run('resolve', SPEC)).code, 0);
		const asked = library.seen.length;
		assert.is((await run('update', SPEC, 'city')).code, 0);
		assert.ok(library.seen.length > asked);
		assert.is((await run('pin', SPEC, 'city')).code, 0);
		assert.match(project.read(LOCK), /pinned: true/);
		const pinned = library.seen.length;
		assert.is((await run('update', SPEC)).code, 0);
		assert.equal([library.seen.length, speaker.paid.length], [pinned, 2]);
		const credits = await run('licenses', SPEC);
		assert.match(credits.stdout, /^# Credits of shop[\s\S]*\*\*city\*\*: .*Jo Lee.*pexels/);
		assert.is((await run('pin', SPEC, 'cty')).code, 64);
	}),
);

AssetCommands('a plan without a key names the variable of everybody who cannot be asked', () =>
	inShop({}, async (project, { services, library, speaker }) => {
		const plan = await project.run(services, {}, 'plan', SPEC);
		assert.is(plan.code, 1);
		for (const variable of ['PEXELS_API_KEY', 'ELEVENLABS_API_KEY']) assert.match(plan.stderr, variable);
		assert.equal([library.seen.length, speaker.seen.length], [0, 0]);
	}),
);

AssetCommands('a plan without the sentences tells how many are missing, and the command', () =>
	inShop({}, async (project, { services, speaker }) => {
		const plan = await project.run(services, ALL_KEYS, 'plan', SPEC);
		assert.is(plan.code, 1);
		assert.is(plan.stderr.match(/RF4227/g)?.length, 1, plan.stderr);
		assert.match(plan.stderr, /2 of 2 sentences/);
		assert.match(plan.stderr, /:13:56 error\[RF4227\]/);
		assert.match(plan.stderr, new RegExp(`reelform assets resolve ${SPEC}`));
		assert.is(speaker.seen.length, 0);
	}),
);

AssetCommands('one budget holds for pictures and sentences', () =>
	inShop({ settings: '  maxCost: 0.004' }, async (project, { speaker, services }) => {
		const { code, stderr } = await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC);
		assert.is(code, 1);
		assert.match(stderr, /resolved city/);
		assert.match(stderr, /error\[RF4224\] voice: .*over the limit of \$0\.004/);
		assert.is(speaker.paid.length, 1);
		assert.is(sentencesOf(project), 1);
	}),
);

AssetCommands('of personal scripts the distinct sentences of all rows are said once', () =>
	inShop({ data: PEOPLE, first: "'Hi {{recipient.name}}. Nice to see you.'" }, async (project, { speaker, services }) => {
		const names = ['Ada', 'Bo', 'Cy', 'Ada'];
		project.write('people.csv', `id,name\n${names.map((name, at) => `p${at},${name}\n`).join('')}bad\n`);
		const { code, stderr } = await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC);
		assert.is(code, 0, stderr);
		assert.is(speaker.paid.length, 5);
		assert.is(sentencesOf(project), 5);
		project.write('people.csv', `id,name\n${[...names, 'Di'].map((name, at) => `p${at},${name}\n`).join('')}`);
		const plan = await project.run(services, {}, 'plan', SPEC);
		assert.is(plan.code, 1);
		assert.match(plan.stderr, /RF4227[\s\S]*Hi Di\./);
		assert.not.match(plan.stderr, /RF3075/);
		assert.is((await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC)).code, 0);
		assert.is(speaker.paid.length, 6);
	}),
);

AssetCommands('without network and keys the lock and the cache make the same files; without the cache nothing is made', () =>
	inShop({ settings: '  cache: {directory: kept/assets}' }, async (project, { services }) => {
		const online = await project.run(services, ALL_KEYS, 'render', SPEC);
		assert.is(online.code, 0, online.stderr);
		assert.not(existsSync(join(project.folder, '.asset-cache')));
		assert.ok(existsSync(join(project.folder, 'kept/assets/voices')));
		assert.equal(readdirSync(join(project.folder, 'kept/assets/claims')), []);
		const made = () => ({ ...project.hashes('out'), ...project.hashes('.reelform/store/segments') });
		const videosOf = (hashes: Readonly<Record<string, string>>) =>
			Object.fromEntries(Object.entries(hashes).filter(([name]) => /\.(mp4|h264|m4a|aac)$/.test(name)));
		const first = videosOf(made());
		assert.ok(Object.keys(first).length >= 3, JSON.stringify(first));
		for (const name of ['out', '.reelform']) rmSync(join(project.folder, name), { recursive: true });
		const offline = await project.run(NO_NETWORK, {}, 'render', SPEC);
		assert.is(offline.code, 0, offline.stderr);
		assert.equal(videosOf(made()), first);
		for (const name of ['out', '.reelform', 'kept']) rmSync(join(project.folder, name), { recursive: true });
		const refused = await project.run(NO_NETWORK, {}, 'render', SPEC);
		assert.is(refused.code, 1);
		assert.match(refused.stderr, /RF4243.*"city" \(pexels /);
		assert.match(refused.stderr, new RegExp(`assets resolve ${SPEC}`));
		assert.not(existsSync(join(project.folder, 'out')));
		assert.not(existsSync(join(project.folder, '.reelform/store/segments')));
	}),
);

AssetCommands('a lock that disagrees with the cache is told, and mended by resolve', () =>
	inShop({}, async (project, { services, speaker, library }) => {
		await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC);
		const lock = project.read(LOCK);
		const [, key, sha256] = /^ {2}([0-9a-f]{64}):\n(?: {4}.*\n)*? {4}sha256: "?([0-9a-f]{64})/m.exec(lock) ?? [];
		assert.ok(key !== undefined && sha256 !== undefined, lock);
		project.write(LOCK, lock.replace(sha256, 'a'.repeat(64)));
		const voice = await project.run(NO_NETWORK, {}, 'plan', SPEC);
		assert.equal([voice.code, /RF4228/.test(voice.stderr)], [1, true], voice.stderr);
		assert.is((await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC)).code, 0);
		assert.equal([speaker.paid.length, project.read(LOCK)], [2, lock]);
		const files = readdirSync(join(project.folder, '.asset-cache/files'), { recursive: true }) as string[];
		const picture = files.find((name) => name.endsWith('.jpg') || name.endsWith('.jpeg'));
		assert.ok(picture !== undefined, files.join());
		project.write(join('.asset-cache/files', picture), Buffer.alloc(10));
		const damaged = await project.run(NO_NETWORK, {}, 'plan', SPEC);
		assert.equal([damaged.code, /RF4244/.test(damaged.stderr)], [1, true], damaged.stderr);
		const asked = library.seen.length;
		assert.is((await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC)).code, 0);
		assert.ok(library.seen.length > asked);
		assert.is((await project.run(NO_NETWORK, {}, 'plan', SPEC)).code, 0);
	}),
);

AssetCommands('without keys resolve names the variables, and what falls back is had from this machine', () =>
	inShop({}, async (project, { library, speaker, services }) => {
		const { code, stderr } = await project.run(services, {}, 'assets', 'resolve', SPEC);
		assert.is(code, 1);
		assert.match(stderr, /error\[RF4230\] city: .*PEXELS_API_KEY/);
		assert.match(stderr, /error\[RF4223\] voice: .*ELEVENLABS_API_KEY/);
		project.write('media/city-at-night.jpg', (await media).image);
		project.write(SPEC, shop({ city: ', fallback: local', voice: 'provider: elevenlabs, fallback: local' }));
		const local = await project.run(services, {}, 'assets', 'resolve', SPEC);
		assert.is(local.code, 0, local.stderr);
		assert.match(local.stderr, /local instead city/);
		assert.is((await project.run(services, {}, 'plan', SPEC)).code, 0);
		assert.is(library.seen.length + speaker.seen.length, 0);
	}),
);

AssetCommands('a voice that may fall back speaks from the lock where its key is not set', () =>
	inShop({ voice: 'provider: elevenlabs, fallback: local' }, async (project, { services }) => {
		assert.is((await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC)).code, 0);
		const plans = [
			await project.run(NO_NETWORK, ALL_KEYS, 'plan', SPEC, '--json'),
			await project.run(NO_NETWORK, {}, 'plan', SPEC, '--json'),
		];
		assert.equal(
			plans.map(({ code }) => code),
			[0, 0],
		);
		assert.is(plans[0]!.stdout, plans[1]!.stdout);
	}),
);

AssetCommands('keys are in nothing that is written', async () => {
	const canary = `s3cr3t-${randomUUID()}`;
	const library: Vendor = (request) => {
		const { authorization } = request.seen.headers;
		assert.ok(authorization === undefined || authorization === canary);
		const headers = { ...request.seen.headers, ...(authorization === undefined ? {} : { authorization: KEY }) };
		return pexels({ ...request, seen: { ...request.seen, headers } });
	};
	await withServices(
		({ services }) =>
			inAssetProject({ [SPEC]: shop() }, async (project) => {
				const keys = { PEXELS_API_KEY: canary, ELEVENLABS_API_KEY: ELEVENLABS_KEY };
				const told: string[] = [];
				for (const command of [
					['assets', 'resolve', SPEC, '--json'],
					['plan', SPEC, '--out', 'saved.plan.json'],
					['compile', SPEC],
					['render', SPEC, '--json'],
					['assets', 'licenses', SPEC, '--out', 'CREDITS.md'],
				]) {
					const { code, stdout, stderr } = await project.run(services, keys, ...command);
					assert.is(code, 0, `${command.join(' ')}\n${stderr}`);
					told.push(stdout, stderr);
				}
				const files = Object.keys(project.hashes('.'));
				assert.ok(files.length > 15, files.join('\n'));
				for (const secret of [canary, ELEVENLABS_KEY]) {
					assert.equal(
						files.filter((name) => readFileSync(join(project.folder, name)).includes(secret)),
						[],
					);
					assert.not.match(told.join('\n'), secret);
				}
			}),
		library,
	);
});

AssetCommands('a voice that sends compressed sound is read, and heard in the mix', async () => {
	const speaker = await serveWellSaid();
	const services = { hosts: [speaker.host], assets: {}, voices: { wellsaid: speaker.origin } };
	const spec = shop({ voice: 'provider: wellsaid' })
		.replace(/^ {2}city:.*$/m, '')
		.replace(/background: \{.*?\}, /, '');
	try {
		await inAssetProject({ [SPEC]: spec }, async (project) => {
			const { code, stderr } = await project.run(services, { WELLSAID_API_KEY: WELLSAID_KEY }, 'assets', 'resolve', SPEC);
			assert.is(code, 0, stderr);
			assert.match(stderr, /voice \(2 sentences\) +wellsaid +not known/);
			assert.equal([speaker.paid.length, speaker.wrong], [2, []]);
			const render = await project.run(NO_NETWORK, {}, 'render', SPEC);
			assert.is(render.code, 0, render.stderr);
		});
	} finally {
		await speaker.close();
	}
});

AssetCommands('`defaults.voice` says who speaks where the spec names nobody, and has to be a provider of voices', () =>
	inShop({ voice: 'rate: 1' }, async (project, { speaker, services }) => {
		const settings = (provider: string) => `export default { defaults: { voice: { provider: '${provider}' } } };\n`;
		project.write('reelform.assets.mjs', settings('elevenlab'));
		const wrong = await project.run(services, ALL_KEYS, 'assets', 'list', SPEC);
		assert.is(wrong.code, 1);
		assert.match(wrong.stderr, /RF4246[\s\S]*defaults\.voice\.provider[\s\S]*elevenlabs/);
		project.write('reelform.assets.mjs', settings('elevenlabs'));
		assert.is((await project.run(services, ALL_KEYS, 'assets', 'resolve', SPEC)).code, 0);
		assert.is(speaker.paid.length, 2);
		assert.is((await project.run(NO_NETWORK, {}, 'plan', SPEC)).code, 0);
	}),
);

AssetCommands('an icon of a call to action and of a layer may be an asset', () => {
	const spec = shop({ voice: 'provider: local' })
		.replace(/^ {2}city:.*$/m, '  cup: {stockIcon: {concept: cup}}')
		.replace(/background: \{.*?\}, /, '')
		.replace('layers: [{text: One, role: headline}]', 'layers: [{icon: asset.cup}]')
		.replace('scenes:', 'ctas: {buy: {text: Buy now, icon: asset.cup}}\nscenes:');
	const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M10 10h80v80h-80z"/></svg>';
	return inAssetProject({ [SPEC]: spec, 'media/cup.svg': svg }, async (project) => {
		assert.is((await project.run(NO_NETWORK, {}, 'assets', 'resolve', SPEC)).code, 0);
		const plan = await project.run(NO_NETWORK, {}, 'plan', SPEC);
		assert.is(plan.code, 0, plan.stderr);
		project.write(SPEC, spec.replaceAll('asset.cup', 'asset.cap'));
		const wrong = await project.run(NO_NETWORK, {}, 'plan', SPEC);
		assert.is(wrong.stderr.match(/RF3001/g)?.length, 2, wrong.stderr);
	});
});

const UNKNOWN_VOICE = (data: string, script: string) => `
reelform: 1
campaign: shop
platforms: [{name: wide, width: 320, height: 180, fps: 24}]
durations: [4]
assets: {voice: {voice: robott}}
captions: true
${data}
scenes: [{id: one, voiceover: '${script}', layers: [{text: One, role: headline}]}]
`;

for (const [name, data, script] of [
	['', '', 'Hi there.'],
	[' to recipients', `${PEOPLE}output: {naming: '{platform}-{key}.mp4'}`, 'Hi {{ recipient.name }}.'],
] as const)
	AssetCommands(`a voice that its provider does not have is one error, at the asset, also where captions need it${name}`, () =>
		inAssetProject({ [SPEC]: UNKNOWN_VOICE(data, script), 'people.csv': 'id,name\na,Ann\nb,Bo\n' }, async ({ run }: AssetProject) => {
			for (const command of ['validate', 'plan']) {
				const { code, stderr } = await run(NO_NETWORK, {}, command, SPEC);
				assert.is(code, 1);
				const told = stderr.match(/error\[.*/g) ?? [];
				assert.equal(told, ['error[RF4220] local has no voice called "robott"'], command);
			}
		}),
	);

AssetCommands.run();
