import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { asWantOfRoom } from '../../src/renderer/browser-room.ts';
import type { RoomOf } from '../../src/renderer/disk-room.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { createStageSource } from '../../src/renderer/stage-source.ts';
import { line, sketchSegment } from '../support/reel-fixture.ts';
import { drawAll, sourceOptions, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const BrowserRoom = suite('renderer/browser-room');

const PORTRAIT = { width: 1080, height: 1920 };
const room =
	(free: number): RoomOf =>
	async () => ({ device: 1, free });
const crash = new RenderFailure('BROWSER_CRASH', 'the browser crashed: signal SIGBUS', 'its last words');

for (const [name, error, canvas, roomOf, told] of [
	['a crash where there is no room', crash, PORTRAIT, room(1_000_000), true],
	['a launch that failed', new RenderFailure('BROWSER_LAUNCH', 'exit code 1'), PORTRAIT, room(0), true],
	['a page that was not ready in time', new RenderFailure('FRAME_TIMEOUT', 'not ready'), PORTRAIT, room(0), true],
	['room for a small canvas', crash, { width: 160, height: 90 }, room(16_000_000), false],
	['the same room for a large one', crash, { width: 3840, height: 2160 }, room(16_000_000), true],
	['a crash where there is room', crash, PORTRAIT, room(100_000_000), false],
	['a system that does not tell its room', crash, PORTRAIT, async () => null, false],
	['a component that throws', new RenderFailure('PAGE', 'no'), PORTRAIT, room(0), false],
	['a browser that was killed', new RenderFailure('BROWSER_CRASH', 'signal SIGKILL', '', { blameless: true }), PORTRAIT, room(0), false],
	['a bug of ours', new TypeError('no'), PORTRAIT, room(0), false],
] as const)
	BrowserRoom(`${name} ${told ? 'is a full disk' : 'stays what it is'}`, async () => {
		const result = await asWantOfRoom(error, canvas, { temporaryDirectory: '/profiles', roomOf });
		if (!told) return assert.is(result, error);
		assert.instance(result, RenderFailure);
		assert.is((result as RenderFailure).failure.class, 'DISK');
	});

BrowserRoom('it says where, how much is needed and free, what to set, and keeps what the browser said', async () => {
	const result = await asWantOfRoom(crash, PORTRAIT, { temporaryDirectory: '/profiles', roomOf: room(1_000_000) });
	assert.equal((result as RenderFailure).failure, {
		class: 'DISK',
		message: 'no room for a browser in /profiles: it takes more than 31 MB, 1 MB are free; TMPDIR names another place',
		detail: 'the browser crashed: signal SIGBUS\nits last words',
	});
});

for (const [name, create] of [
	['stage', createStageSource],
	['remotion', createRemotionSource],
] as const) {
	BrowserRoom(
		`${name}: a browser that does not start is a full disk where there is no room for it, looked at when its profile is gone`,
		async () => {
			const options = await sourceOptions();
			const path = join(temporaryDirectory(), 'headless_shell');
			writeFileSync(path, '#!/bin/sh\nexit 133\n', { mode: 0o755 });
			const asked: (readonly string[])[] = [];
			const roomOf: RoomOf = async (place) => {
				asked.push([place, ...readdirSync(place)]);
				return { device: 1, free: 0 };
			};
			await withSource(create({ ...options, browser: { ...options.browser, path }, roomOf }), async (source) => {
				const error = await drawAll(source, [sketchSegment({ frames: 2, color: '#222222' })]).catch((e: unknown) => e);
				assert.is(error instanceof RenderFailure && error.failure.class, 'DISK');
			});
			assert.equal(asked, [[options.temporaryDirectory]]);
		},
	);

	BrowserRoom(`${name}: a component that throws is told as it is, however little room there is`, async () => {
		const options = await sourceOptions();
		await withSource(create({ ...options, roomOf: room(0) }), async (source) => {
			const error = await drawAll(source, [sketchSegment({ frames: 4, color: '#222222', layers: [line('throw', 2)] })]).catch(
				(e: unknown) => e,
			);
			assert.is(error instanceof RenderFailure && error.failure.class, 'PAGE');
		});
	});
}

BrowserRoom.run();
