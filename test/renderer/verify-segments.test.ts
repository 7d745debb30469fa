import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SegmentKey } from '../../src/model/keys.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { type FileStore, openFileStore } from '../../src/renderer/file-store.ts';
import type { ReelPool } from '../../src/renderer/pool.ts';
import { type VerifyEvent, verifySegments } from '../../src/renderer/verify-segments.ts';
import { keyOf, makeMessage } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

const Verify = suite('renderer/verify-segments');

const never = new AbortController().signal;
const FRAMES = 5;
const [red, blue] = ['#ff0000', '#0000ff'].map((color) => makeMessage(color, FRAMES)) as [SegmentMessage, SegmentMessage];
const colorOf = ({ scenes }: SegmentMessage): string => (scenes[0].background.type === 'solid' ? scenes[0].background.color : '');

/** What comes of a message that is the n-th in its reel, and the m-th that is drawn at all; null breaks the reel. */
type Hand = (message: SegmentMessage, place: { readonly inReel: number; readonly inAll: number }) => string | null;
const pure: Hand = (message) => colorOf(message);

const put = async (store: FileStore, key: SegmentKey, content: string): Promise<void> => {
	const file = await store.temporaryFile('mp4');
	await writeFile(file, content);
	await store.publish(file, { key, frames: FRAMES, width: 64, height: 48, fps: 10, costMs: 1 });
};

/** A pool whose drawings are texts. */
const poolOf = (fresh: FileStore, draw: Hand): ReelPool => {
	let inAll = 0;
	return {
		workers: 1,
		async run(segments) {
			for (const [inReel, { key, message }] of segments.entries()) {
				const content = draw(message, { inReel, inAll: inAll++ });
				if (content === null) return { segment: key, failure: { class: 'PAGE', message: 'it broke' } };
				await put(fresh, key, content);
			}
			return null;
		},
		rest: () => {},
		close: async () => {},
	};
};

type Verified = { readonly events: readonly VerifyEvent[]; readonly store: FileStore; readonly steps: readonly string[] };

/** Verifies a store in which red and blue are these texts. */
const verified = (
	stored: { readonly red: string; readonly blue: string },
	draw: Hand,
	look: (verified: Verified) => Promise<void>,
): Promise<void> =>
	makeDirectory(async (directory) => {
		const [store, fresh] = [openFileStore(join(directory, 'store')), openFileStore(join(directory, 'fresh'))];
		await put(store, keyOf(red), stored.red);
		await put(store, keyOf(blue), stored.blue);
		const steps: string[] = [];
		const distrust = async (key: SegmentKey): Promise<void> => {
			steps.push('set aside');
			await store.distrust(key);
		};
		const doubt = async (): Promise<readonly string[]> => {
			steps.push('doubt');
			return ['/out/a.mp4'];
		};
		const options = {
			...{ store: { ...store, distrust }, fresh },
			pool: poolOf(fresh, draw),
			doubts: { doubt },
			difference: async () => ({ frame: 2, stored: Buffer.from('a'), fresh: Buffer.from('b') }),
		};
		const events: VerifyEvent[] = [];
		const messages = new Map([red, blue].map((message) => [keyOf(message), message]));
		for await (const event of verifySegments(messages, options, never)) events.push(event);
		await look({ events, store, steps });
	});

const typesOf = (events: readonly VerifyEvent[]) =>
	Object.fromEntries(events.map(({ type, segment }) => [segment === keyOf(red) ? 'red' : 'blue', type]));

Verify('what is the same is said to be so, and stays', () =>
	verified({ red: '#ff0000', blue: '#0000ff' }, pure, async ({ events, store }) => {
		assert.equal(typesOf(events), { red: 'segment-verified', blue: 'segment-verified' });
		assert.is((await store.lookupAll([keyOf(red), keyOf(blue)])).size, 2);
	}),
);

Verify('a wrong segment is set aside after the files that were made from it are doubted; the right one stays', () =>
	verified({ red: 'planted', blue: '#0000ff' }, pure, async ({ events, store, steps }) => {
		assert.equal(typesOf(events), { red: 'segment-differs', blue: 'segment-verified' });
		const [wrong] = events.filter((event) => event.type === 'segment-differs');
		assert.equal([wrong?.outputs, wrong?.difference?.frame], [['/out/a.mp4'], 2]);
		assert.equal(steps, ['doubt', 'set aside']);
		assert.equal([...(await store.lookupAll([keyOf(red), keyOf(blue)])).keys()], [keyOf(blue)]);
	}),
);

const IMPURE: Readonly<Record<string, Hand>> = {
	'counts in its page': (message, { inReel }) => `${colorOf(message)} ${inReel}`,
	'counts outside of its page': (message, { inAll }) => `${colorOf(message)} ${inAll}`,
};
for (const [what, draw] of Object.entries(IMPURE)) {
	Verify(`a scene that ${what} is told as such, and nothing is set aside`, () =>
		verified({ red: 'planted', blue: 'planted' }, draw, async ({ events, store, steps }) => {
			assert.equal(typesOf(events), { red: 'segment-impure', blue: 'segment-impure' });
			assert.equal(steps, []);
			assert.is((await store.lookupAll([keyOf(red), keyOf(blue)])).size, 2);
		}),
	);
}

Verify('what cannot be drawn again, at once or to make sure, is not judged', () =>
	verified(
		{ red: 'planted', blue: '#0000ff' },
		(message, { inAll }) => (inAll > 1 ? null : colorOf(message)),
		async ({ events, steps }) => {
			assert.equal(typesOf(events), { red: 'segment-unverified', blue: 'segment-verified' });
			assert.equal(steps, []);
		},
	),
);

Verify.run();
