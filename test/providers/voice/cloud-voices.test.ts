import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { VoiceProvider } from '../../../src/ports/voice.ts';
import { openFetcher } from '../../../src/providers/http/fetcher.ts';
import { openElevenLabs } from '../../../src/providers/voice/elevenlabs.ts';
import { openMurf } from '../../../src/providers/voice/murf.ts';
import { openWellSaid } from '../../../src/providers/voice/wellsaid.ts';
import { type CloudVoiceUnderTest, describeCloudVoice } from '../../contracts/cloud-voice.ts';
import { describeVoiceProvider } from '../../contracts/voice-provider.ts';
import { ELEVENLABS_KEY, serveElevenLabs } from '../../support/vendors/elevenlabs.ts';
import { MURF_KEY, serveMurf } from '../../support/vendors/murf.ts';
import type { VoiceVendor } from '../../support/vendors/voice-vendor.ts';
import { decodeTagged, serveWellSaid, WELLSAID_KEY } from '../../support/vendors/wellsaid.ts';

const UNDER_TEST: Readonly<Record<string, CloudVoiceUnderTest>> = {
	elevenlabs: {
		key: ELEVENLABS_KEY,
		variable: 'ELEVENLABS_API_KEY',
		impossible: [
			[1.3, 1],
			[0.6, 1],
			[1, 1.5],
		],
		moderation: { status: 400, body: '{"detail":{"type":"validation_error","code":"content_policy_violation","message":"no"}}' },
		serve: serveElevenLabs,
		open: (place) => openElevenLabs({ ...place, apiKey: ELEVENLABS_KEY, variable: 'ELEVENLABS_API_KEY', price: 0.0003 }),
	},
	wellsaid: {
		key: WELLSAID_KEY,
		variable: 'WELLSAID_API_KEY',
		impossible: [
			[2, 0.5],
			[0.5, 2],
		],
		moderation: { status: 451 },
		serve: serveWellSaid,
		open: (place) =>
			openWellSaid({
				...place,
				apiKey: WELLSAID_KEY,
				variable: 'WELLSAID_API_KEY',
				price: null,
				decode: decodeTagged,
				directory: join(tmpdir(), 'reelform-test-wellsaid'),
			}),
	},
	murf: {
		key: MURF_KEY,
		variable: 'MURF_API_KEY',
		impossible: [
			[1.6, 1],
			[1, 1.6],
		],
		moderation: { status: 451 },
		serve: serveMurf,
		open: (place) => openMurf({ ...place, apiKey: MURF_KEY, variable: 'MURF_API_KEY', price: 0.00003 }),
	},
};

/** A provider that takes its vendor with it. */
const openWithVendor = async ({ serve, open }: CloudVoiceUnderTest): Promise<VoiceProvider> => {
	const vendor = await serve({ slowMs: 20 });
	const fetcher = openFetcher({ allowPrivate: [vendor.host] });
	const provider = open({ fetcher, baseUrl: vendor.origin, timeoutMs: 4000 });
	return {
		...provider,
		async close() {
			await provider.close();
			await fetcher.close();
			await vendor.close();
		},
	};
};

for (const [name, under] of Object.entries(UNDER_TEST)) {
	describeVoiceProvider(name, { voice: 'professional-female-1', open: () => openWithVendor(under) });
	describeCloudVoice(name, under);
}

const Clouds = suite('providers/voice/cloud-voices');

const withVoice = async (
	name: 'elevenlabs' | 'murf' | 'wellsaid',
	vendor: VoiceVendor,
	test: (provider: VoiceProvider) => Promise<void>,
): Promise<void> => {
	const fetcher = openFetcher({ allowPrivate: [vendor.host] });
	const provider = UNDER_TEST[name]!.open({ fetcher, baseUrl: vendor.origin, timeoutMs: 4000 });
	try {
		await test(provider);
		assert.equal(vendor.wrong, []);
	} finally {
		await provider.close();
		await fetcher.close();
		await vendor.close();
	}
};

const sentence = (text: string, changes: { rate?: number; pitch?: number } = {}) => ({
	text,
	words: text.split(' ').map((word) => ({ text: word, spoken: word.replace(/[^\p{L}\p{N}& ]/gu, '') })),
	voice: 'default',
	rate: 1,
	pitch: 1,
	...changes,
});

Clouds('the times of ElevenLabs characters become those of words, to the millisecond', async () => {
	await withVoice('elevenlabs', await serveElevenLabs(), async (provider) => {
		const result = await provider.synthesize(sentence('Salt & pepper, 2026 café!'));
		assert.ok(result.ok);
		const starts = result.spoken.words.map(({ start }) => start);
		// Words of 0.2 s, 0.03 s apart, 0.3 s behind the comma, the sign without a tone; all from 0.05 s on.
		for (const [index, expected] of [0.05, 0.25, 0.31, 0.81, 1.04].entries())
			assert.ok(Math.abs(starts[index]! - expected) < 0.006, `${index}: ${starts[index]} is not ${expected}`);
	});
});

Clouds('a higher voice of ElevenLabs is as long as a plain one that is asked for at the same rate', async () => {
	const vendor = await serveElevenLabs();
	await withVoice('elevenlabs', vendor, async (provider) => {
		const higher = await provider.synthesize(sentence('Meet Acme today.', { rate: 1.1, pitch: 1.1 }));
		assert.ok(higher.ok);
		assert.is(higher.spoken.pcm.sampleRate, 26_400);
		assert.is((JSON.parse(vendor.paid[0]!.body) as { voice_settings?: unknown }).voice_settings, undefined);
		const { words } = higher.spoken;
		assert.ok(Math.abs(words[1]!.start - words[0]!.start - 0.23 / 1.1) < 0.006);
	});
});

Clouds('ElevenLabs says how many calls the account has left, and that many run at once', async () => {
	const headers = { 'maximum-concurrent-requests': '5', 'current-concurrent-requests': '1' };
	const vendor = await serveElevenLabs({ headers, slowMs: 40 });
	await withVoice('elevenlabs', vendor, async (provider) => {
		await Promise.all(Array.from({ length: 20 }, () => provider.synthesize(sentence('Meet Acme.'))));
		assert.ok(vendor.peak >= 4 && vendor.peak <= 5, `${vendor.peak}`);
	});
});

Clouds('a quota that is used up is no wrong key, though its status says so', async () => {
	const vendor = await serveElevenLabs({ faults: [{ status: 401, body: '{"detail":{"status":"quota_exceeded","message":"no"}}' }] });
	await withVoice('elevenlabs', vendor, async (provider) => {
		const result = await provider.synthesize(sentence('Meet Acme.'));
		assert.is(!result.ok && result.problem.code, 'RF4224');
	});
});

for (const fault of [{ status: 403 }, { status: 404 }, { status: 410 }]) {
	Clouds(`a link of Murf that has ended with status ${fault.status} is a problem, and the sentence is not bought again`, async () => {
		const vendor = await serveMurf({ linkFaults: [fault] });
		await withVoice('murf', vendor, async (provider) => {
			const result = await provider.synthesize(sentence('Meet Acme.'));
			assert.ok(!result.ok);
			assert.equal([result.problem.code, result.problem.unclear, vendor.paid.length], ['RF4226', true, 1]);
			assert.match(result.problem.summary, 'has ended');
			assert.not.match(JSON.stringify(result), /Signature/);
		});
	});
}

Clouds('a sound of Murf that breaks off on its way is fetched again, and not bought again', async () => {
	const vendor = await serveMurf({ linkFaults: ['truncated'] });
	await withVoice('murf', vendor, async (provider) => {
		assert.ok((await provider.synthesize(sentence('Meet Acme.'))).ok);
		assert.equal([vendor.paid.length, vendor.seen.length], [1, 3]);
	});
});

Clouds('a tempo of WellSaid is a mark around text that is escaped', async () => {
	const vendor = await serveWellSaid();
	await withVoice('wellsaid', vendor, async (provider) => {
		assert.ok((await provider.synthesize(sentence('Salt & pepper', { rate: 1.25 }))).ok);
		assert.is((JSON.parse(vendor.paid[0]!.body) as { text: string }).text, '<tempo value="1.25">Salt &amp; pepper</tempo>');
	});
});

Clouds.run();
