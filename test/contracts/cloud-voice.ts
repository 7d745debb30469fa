import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { VoiceProvider, VoiceRequest, VoiceResult } from '../../src/ports/voice.ts';
import type { Fetcher } from '../../src/providers/http/contract.ts';
import { openFetcher } from '../../src/providers/http/fetcher.ts';
import type { Fault, VendorScript, VoiceVendor } from '../support/vendors/voice-vendor.ts';

export type CloudVoiceUnderTest = {
	readonly key: string;
	readonly variable: string;
	/** Rates and pitches that the vendor cannot do. */
	readonly impossible: readonly (readonly [rate: number, pitch: number])[];
	/** How it refuses a text for its content; null where it documents no way to tell. */
	readonly moderation: Fault;
	readonly serve: (script?: VendorScript) => Promise<VoiceVendor>;
	readonly open: (place: { readonly fetcher: Fetcher; readonly baseUrl: string; readonly timeoutMs: number }) => VoiceProvider;
};

const request = (changes: Partial<VoiceRequest> = {}): VoiceRequest => ({
	text: 'Meet Acme, today.',
	words: [
		{ text: 'Meet', spoken: 'meet' },
		{ text: 'Acme,', spoken: 'acme' },
		{ text: 'today.', spoken: 'today' },
	],
	voice: 'default',
	rate: 1,
	pitch: 1,
	...changes,
});
const codeOf = (result: VoiceResult): string => (result.ok ? 'spoken' : result.problem.code);

/** Every voice that is paid for runs this suite, besides that of all voices. */
export const describeCloudVoice = (name: string, under: CloudVoiceUnderTest): void => {
	const Contract = suite(`contract: cloud voice (${name})`);
	type Tools = { readonly provider: VoiceProvider; readonly vendor: VoiceVendor };
	const withVendor = (title: string, script: VendorScript, test: (tools: Tools) => Promise<void>): void => {
		Contract(title, async () => {
			const vendor = await under.serve(script);
			const fetcher = openFetcher({ allowPrivate: [vendor.host] });
			const provider = under.open({ fetcher, baseUrl: vendor.origin, timeoutMs: 4000 });
			try {
				await test({ provider, vendor });
				assert.equal(vendor.wrong, [], 'every request is as the vendor documents it');
			} finally {
				await provider.close();
				await fetcher.close();
				await vendor.close();
			}
		});
	};

	for (const [title, fault, code, kind] of [
		['a refused key', { status: 401, body: `{"detail":"${under.key}"}` }, 'RF4223', 'key'],
		['an account without credit', { status: 402 }, 'RF4224', 'lasting'],
		['a voice that is gone', { status: 404 }, 'RF4220', 'lasting'],
		['a failure of the service', { status: 500 }, 'RF4226', 'passing'],
		['a body that breaks off', 'truncated', 'RF4226', 'passing'],
		['a page instead of an answer', 'html', 'RF4226', 'lasting'],
		['a connection that is reset after the request was sent', 'reset', 'RF4226', 'passing'],
		['an empty sound', 'empty', 'RF4226', 'lasting'],
		['a silent sound', 'silent', 'RF4226', 'lasting'],
	] as const) {
		withVendor(`${title} is a problem, after one call`, { faults: [fault] }, async ({ provider, vendor }) => {
			const result = await provider.synthesize(request());
			assert.ok(!result.ok);
			assert.equal([result.problem.code, result.problem.kind], [code, kind], JSON.stringify(result));
			assert.is(vendor.paid.length, 1);
			assert.not.match(JSON.stringify(result), new RegExp(under.key), 'no message has the key');
			if (code === 'RF4223') assert.match(result.problem.summary, under.variable);
		});
	}
	if (under.moderation !== null)
		withVendor(
			'a text that is refused for its content is a problem, after one call',
			{ faults: [under.moderation] },
			async ({ provider, vendor }) => {
				const result = await provider.synthesize(request());
				assert.equal([codeOf(result), !result.ok && result.problem.kind], ['RF4225', 'refused']);
				assert.is(vendor.paid.length, 1);
			},
		);
	for (const status of [429, 503]) {
		withVendor(
			`after status ${status} the call waits as long as it is told, and is made again`,
			{ faults: [{ status, headers: { 'retry-after': '1' } }] },
			async ({ provider, vendor }) => {
				const started = performance.now();
				assert.is(codeOf(await provider.synthesize(request())), 'spoken');
				assert.ok(performance.now() - started > 950);
				assert.is(vendor.paid.length, 2);
			},
		);
	}
	withVendor(
		'a service that never has time is a problem that may pass',
		{ faults: Array.from({ length: 9 }, () => ({ status: 429, headers: { 'retry-after': '0' } })) },
		async ({ provider, vendor }) => {
			const result = await provider.synthesize(request());
			assert.equal(
				[codeOf(result), !result.ok && result.problem.kind, !result.ok && result.problem.unclear],
				['RF4226', 'passing', undefined],
			);
			assert.is(vendor.paid.length, 4);
		},
	);
	Contract('a service that says nothing is given up, and not asked again', async () => {
		const vendor = await under.serve({ faults: ['hang'] });
		const fetcher = openFetcher({ allowPrivate: [vendor.host] });
		const provider = under.open({ fetcher, baseUrl: vendor.origin, timeoutMs: 300 });
		const result = await provider.synthesize(request());
		assert.equal([codeOf(result), !result.ok && result.problem.unclear, vendor.paid.length], ['RF4226', true, 1]);
		await fetcher.close();
		await vendor.close();
	});
	withVendor('what cannot be said is a problem before any call', {}, async ({ provider, vendor }) => {
		for (const [rate, pitch] of under.impossible)
			assert.is(codeOf(await provider.synthesize(request({ rate, pitch }))), 'RF4221', `${rate} ${pitch}`);
		assert.is(codeOf(await provider.synthesize(request({ text: 'a'.repeat(5001) }))), 'RF4221');
		assert.is(vendor.seen.length, 0);
	});
	withVendor('a quicker and a higher voice are asked for as the vendor has it', {}, async ({ provider, vendor }) => {
		const [plain, higher] = [await provider.synthesize(request()), await provider.synthesize(request({ rate: 1.1, pitch: 1.1 }))];
		assert.ok(plain.ok && higher.ok);
		assert.is(higher.spoken.words.length, 3);
		assert.is(vendor.paid.length, 2);
	});
	withVendor('calls run few at a time', { slowMs: 30 }, async ({ provider, vendor }) => {
		const results = await Promise.all(Array.from({ length: 8 }, () => provider.synthesize(request())));
		assert.ok(results.every(({ ok }) => ok));
		assert.ok(vendor.peak <= 4, `${vendor.peak}`);
	});
	withVendor('what it costs is told', {}, async ({ provider }) => {
		const result = await provider.synthesize(request());
		assert.ok(result.ok && result.cost !== undefined && (result.cost === null || result.cost > 0));
	});
	Contract.run();
};
