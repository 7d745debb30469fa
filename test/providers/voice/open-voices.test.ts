import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LockedSentence } from '../../../src/model/asset-lock.ts';
import type { VoiceRef } from '../../../src/model/audio.ts';
import { openFetcher } from '../../../src/providers/http/fetcher.ts';
import { openVoices, type VoiceSaid, type Voices, type VoicesOptions } from '../../../src/providers/voice/open-voices.ts';
import { lockedSentence } from '../../../src/providers/voice/read-locked.ts';
import { decodeWave } from '../../../src/providers/voice/wave.ts';
import { makeDirectory } from '../../support/directory.ts';
import { ELEVENLABS_KEY, serveElevenLabs } from '../../support/vendors/elevenlabs.ts';
import type { VendorScript, VoiceVendor } from '../../support/vendors/voice-vendor.ts';
import { buildFliteWorker } from './build-flite-worker.ts';

const OpenVoices = suite('providers/voice/open-voices');

const NOW = Date.parse('2026-11-20T12:00:00Z');
const LOCAL: VoiceRef = { provider: 'local', voice: 'slt', rate: 1, pitch: 1, version: 'v' };
const PAID: VoiceRef = { provider: 'elevenlabs', voice: 'EXAVITQu4vr4xnSDxMaL', rate: 1, pitch: 1, version: 'v1' };

const sentence = (text: string) => ({
	text,
	words: text.split(' ').map((word) => ({ text: word, spoken: word.replace(/[^A-Za-z' ]/g, '') })),
});

const filesIn = async (directory: string): Promise<readonly string[]> =>
	((await readdir(directory, { recursive: true })) as string[]).filter((name) => /\.\w+$/.test(name)).sort();

type Options = Partial<VoicesOptions> & { readonly cacheDirectory: string };

const withVoices = async <T>(options: Options, test: (voices: Voices) => Promise<T>): Promise<T> => {
	const fetcher = openFetcher();
	const voices = openVoices({
		environment: {},
		fetcher,
		workerFile: '/nowhere/worker.mjs',
		allowPaid: false,
		maxCost: null,
		now: () => NOW,
		...options,
	});
	try {
		return await test(voices);
	} finally {
		await voices.close();
		await fetcher.close();
	}
};

const said = (result: VoiceSaid): VoiceSaid & { readonly ok: true } => {
	assert.ok(result.ok, JSON.stringify(result));
	return result;
};
const codeOf = (result: VoiceSaid): string => (result.ok ? 'said' : result.problem.code);

OpenVoices('a sentence of the local voice is made once, whoever asks and whenever', async () => {
	await makeDirectory(async (cacheDirectory) => {
		const workerFile = await buildFliteWorker(cacheDirectory);
		const first = await withVoices({ cacheDirectory, workerFile }, async (voices) => {
			const results = await Promise.all(['Hello.', 'Hello.', 'Good day.', 'Hello.'].map((text) => voices.say(LOCAL, sentence(text))));
			assert.equal({ ...voices.counts }, { asked: 4, synthesised: 2, fromCache: 2 });
			assert.is(voices.spent, 0);
			return said(results[0]!);
		});
		const pcm = decodeWave(await readFile(first.file));
		assert.ok(pcm !== null && Math.abs((pcm.channels[0]?.length ?? 0) / pcm.sampleRate - first.seconds) < 1e-9);
		assert.equal([first.words.map(({ text }) => text), first.cost, first.madeAt], [['Hello.'], 0, '2026-11-20T12:00:00.000Z']);
		await withVoices({ cacheDirectory, workerFile: '/nowhere/worker.mjs' }, async (voices) => {
			assert.equal(said(await voices.say(LOCAL, sentence('Hello.'))), first);
			assert.equal({ ...voices.counts }, { asked: 1, synthesised: 0, fromCache: 1 });
		});
	});
});

for (const [title, damage] of [
	['a sound that is cut short', (file: string) => truncate(file, 1000)],
	['a sound with another byte', async (file: string) => writeFile(file, (await readFile(file)).fill(7, 900, 901))],
	['a record that is cut short', (file: string) => truncate(file.replace('.wav', '.json'), 50)],
	['a record that is another value', (file: string) => writeFile(file.replace('.wav', '.json'), 'null')],
	['a sound that is gone', (file: string) => rm(file)],
	['a record that is gone', (file: string) => rm(file.replace('.wav', '.json'))],
] as const) {
	OpenVoices(`${title} is made again, the same`, async () => {
		await makeDirectory(async (cacheDirectory) => {
			const workerFile = await buildFliteWorker(cacheDirectory);
			const first = await withVoices({ cacheDirectory, workerFile }, async (voices) => said(await voices.say(LOCAL, sentence('Hello.'))));
			await damage(first.file);
			await withVoices({ cacheDirectory, workerFile }, async (voices) => {
				assert.is(said(await voices.say(LOCAL, sentence('Hello.'))).sha256, first.sha256);
				assert.is(voices.counts.synthesised, 1);
			});
		});
	});
}

OpenVoices('the version of the local voice is that of its program and its code; a service has that of its interface', async () => {
	await makeDirectory(async (cacheDirectory) => {
		const workerFile = await buildFliteWorker(cacheDirectory);
		const before = await withVoices({ cacheDirectory, workerFile }, async (voices) => voices.versionOf('local'));
		assert.match(before, /^flite-[0-9a-f]{16}$/);
		await writeFile(workerFile, `${await readFile(workerFile, 'utf8')}\n`);
		await withVoices({ cacheDirectory, workerFile }, async (voices) => {
			assert.is.not(voices.versionOf('local'), before);
			assert.match(voices.versionOf('elevenlabs'), /^v1\//);
			assert.is(voices.versionOf('nobody'), 'none');
		});
	});
});

OpenVoices('a cache that cannot be written is a problem, and nothing is bought for it', async () => {
	await withVendor({}, async ({ vendor, options }) => {
		const blocked = join(options.cacheDirectory, 'file');
		await writeFile(blocked, '');
		await withVoices({ ...options, cacheDirectory: blocked }, async (voices) =>
			assert.is(codeOf(await voices.say(PAID, sentence('Hello.'))), 'RF6006'),
		);
		assert.is(vendor.paid.length, 0);
	});
});

type Place = { readonly vendor: VoiceVendor; readonly options: Options };

/** A cache, and a vendor that may be paid. */
const withVendor = async (script: VendorScript, test: (place: Place) => Promise<void>): Promise<void> => {
	const vendor = await serveElevenLabs(script);
	const fetcher = openFetcher({ allowPrivate: [vendor.host] });
	try {
		await makeDirectory((cacheDirectory) =>
			test({
				vendor,
				options: {
					cacheDirectory,
					fetcher,
					environment: { ELEVENLABS_API_KEY: ELEVENLABS_KEY },
					baseUrls: { elevenlabs: vendor.origin },
					allowPaid: true,
					timeoutMs: 3000,
				},
			}),
		);
		assert.equal(vendor.wrong, []);
	} finally {
		await fetcher.close();
		await vendor.close();
	}
};

OpenVoices('a paid sentence is bought once, and never again while it is kept', async () => {
	await withVendor({ slowMs: 20 }, async ({ vendor, options }) => {
		const costs: unknown[] = [];
		const first = await withVoices({ ...options, onCost: (cost) => costs.push(cost) }, async (voices) => {
			const [one] = await Promise.all(Array.from({ length: 5 }, () => voices.say(PAID, sentence('Hello Ada.'))));
			assert.is(voices.spent, 0.003);
			return said(one!);
		});
		assert.equal(costs, [{ provider: 'elevenlabs', key: first.key, characters: 10, cost: 0.003 }]);
		for (const allowPaid of [true, false])
			await withVoices({ ...options, allowPaid }, async (voices) =>
				assert.equal(said(await voices.say(PAID, sentence('Hello Ada.'))), first),
			);
		const lock = new Map([[first.key, lockedSentence(first)]]);
		await withVoices({ ...options, lock, allowPaid: false, environment: {} }, async (voices) => {
			assert.equal(said(await voices.say(PAID, sentence('Hello Ada.'))), first);
			assert.is(voices.spent, 0);
		});
		assert.is(vendor.paid.length, 1);
	});
});

OpenVoices('without leave to pay, what is not locked or not kept is a problem that names it', async () => {
	await withVendor({}, async ({ vendor, options }) => {
		const bought = await withVoices(options, async (voices) => said(await voices.say(PAID, sentence('Hello.'))));
		const other: LockedSentence = { ...lockedSentence(bought), sha256: '0'.repeat(64) };
		for (const [lock, text, code] of [
			[new Map(), 'Hello.', 'RF4227'],
			[new Map([[bought.key, other]]), 'Hello.', 'RF4228'],
			[new Map([[bought.key, lockedSentence(bought)]]), 'Good day.', 'RF4227'],
			[undefined, 'Good day.', 'RF4227'],
		] as const) {
			await withVoices({ ...options, ...(lock && { lock }), allowPaid: false }, async (voices) => {
				const result = await voices.say(PAID, sentence(text));
				assert.is(codeOf(result), code);
				assert.match(JSON.stringify(result), text);
			});
		}
		await rm(bought.file);
		await withVoices({ ...options, lock: new Map([[bought.key, lockedSentence(bought)]]), allowPaid: false }, async (voices) =>
			assert.is(codeOf(await voices.say(PAID, sentence('Hello.'))), 'RF4227'),
		);
		assert.is(vendor.paid.length, 1);
	});
});

for (const fault of ['reset', 'truncated', 'html', 'empty'] as const) {
	OpenVoices(`a paid call that ends with "${fault}" is not made again, and counts as spent`, async () => {
		await withVendor({ faults: [fault] }, async ({ vendor, options }) => {
			await withVoices(options, async (voices) => {
				const first = await voices.say(PAID, sentence('Hello Ada.'));
				assert.equal(await voices.say(PAID, sentence('Hello Ada.')), first);
				assert.is(codeOf(first), 'RF4226');
				assert.is(voices.spent, 0.003);
			});
			assert.is(vendor.paid.length, 1);
			assert.equal(await filesIn(join(options.cacheDirectory, 'voices')), [], 'nothing of it is kept');
		});
	});
}

OpenVoices('the limit of cost is looked at before a call, also of calls at the same time', async () => {
	await withVendor({ slowMs: 20 }, async ({ vendor, options }) => {
		await withVoices({ ...options, maxCost: 0.0065 }, async (voices) => {
			const results = await Promise.all(
				['Hello Ada.', 'Hello Bob.', 'Hello Cyd.', 'Hello Dan.'].map((text) => voices.say(PAID, sentence(text))),
			);
			assert.equal(results.map(codeOf).sort(), ['RF4224', 'RF4224', 'said', 'said']);
		});
		assert.is(vendor.paid.length, 2);
	});
});

OpenVoices('a service without a price is not asked under a limit of cost', async () => {
	await withVendor({}, async ({ options }) => {
		await withVoices({ ...options, environment: { WELLSAID_API_KEY: 'k' }, maxCost: 5 }, async (voices) => {
			const result = await voices.say({ ...PAID, provider: 'wellsaid', voice: '3' }, sentence('Hello.'));
			assert.is(codeOf(result), 'RF4224');
			assert.match(JSON.stringify(result), 'no price by the character');
		});
	});
});

OpenVoices('a refused key is not tried for every sentence', async () => {
	await withVendor({ faults: Array.from({ length: 99 }, () => ({ status: 401 })) }, async ({ vendor, options }) => {
		await withVoices(options, async (voices) => {
			const results = await Promise.all(Array.from({ length: 40 }, (_, index) => voices.say(PAID, sentence(`Hello ${index} Ada.`))));
			assert.ok(results.every((result) => codeOf(result) === 'RF4223'));
			assert.is(voices.spent, 0);
		});
		assert.ok(vendor.paid.length <= 2, `${vendor.paid.length}`);
	});
});

OpenVoices('without a key there is a problem that names the variable, and no call', async () => {
	await withVendor({}, async ({ vendor, options }) => {
		await withVoices({ ...options, environment: { ELEVENLABS_API_KEY: ' ' } }, async (voices) => {
			const result = await voices.say(PAID, sentence('Hello.'));
			assert.equal([codeOf(result), !result.ok && result.problem.kind], ['RF4223', 'key']);
			assert.match(JSON.stringify(result), 'ELEVENLABS_API_KEY or ELEVENLABS_KEY is not set');
			assert.is(voices.describe(PAID).problem?.code, 'RF4223');
		});
		assert.is(vendor.seen.length, 0);
	});
});

OpenVoices('no file of the cache has the key in its name or in its bytes, and none can be read by others', async () => {
	await withVendor({}, async ({ options }) => {
		await withVoices(options, async (voices) => said(await voices.say(PAID, sentence('Hello.'))));
		const root = join(options.cacheDirectory, 'voices');
		const files = await filesIn(root);
		assert.is(files.length, 2);
		for (const file of files) {
			assert.match(file, /^[0-9a-f]{2}\/[0-9a-f]{64}\.(wav|json)$/);
			assert.not.ok((await readFile(join(root, file))).includes(ELEVENLABS_KEY));
			assert.is((await stat(join(root, file))).mode & 0o077, 0);
		}
	});
});

OpenVoices('1,000 recipients with one personal sentence of five: as many calls as there are sentences', async () => {
	await withVendor({ headers: { 'maximum-concurrent-requests': '8', 'character-cost': '10' } }, async ({ vendor, options }) => {
		const shared = ['Meet Acme.', 'It saves time.', 'It saves money.', 'See you soon.'];
		await withVoices(options, async (voices) => {
			for (let recipient = 0; recipient < 1000; recipient += 50) {
				const texts = Array.from({ length: 50 }, (_, index) => [
					`Hi ${'abcdefghij'[Math.floor((recipient + index) / 20) % 10]}${index % 7} there.`,
					...shared,
				]).flat();
				const results = await Promise.all(texts.map((text) => voices.say(PAID, sentence(text))));
				assert.ok(results.every(({ ok }) => ok));
			}
			const distinct = new Set(vendor.paid.map(({ body }) => body)).size;
			assert.is(vendor.paid.length, distinct);
			assert.equal({ ...voices.counts }, { asked: 5000, synthesised: distinct, fromCache: 5000 - distinct });
			assert.ok(distinct > 20 && distinct < 80, `${distinct}`);
		});
	});
});

OpenVoices('a provider or a voice that does not exist is a problem', async () => {
	await makeDirectory((cacheDirectory) =>
		withVoices({ cacheDirectory }, async (voices) => {
			assert.is(codeOf(await voices.say({ ...LOCAL, provider: 'nobody' }, sentence('Hello.'))), 'RF4220');
			assert.is(codeOf(await voices.say({ ...LOCAL, voice: 'nobody' }, sentence('Hello.'))), 'RF4220');
			assert.is(voices.describe({ ...LOCAL, voice: 'nobody' }).problem?.code, 'RF4220');
			assert.equal(voices.describe(LOCAL), { paid: false, deterministic: true, timings: 'told', problem: null });
			assert.equal({ ...voices.counts }, { asked: 2, synthesised: 0, fromCache: 0 });
		}),
	);
});

OpenVoices.run();
