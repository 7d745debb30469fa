// Draws without a browser, for `frameSourceModule`: a coloured picture with a bar that moves. Its "bundle" is a folder of instructions:
// faults.json maps a colour to {action, frame, times}, and drawn.log gets a line `colour frame` for every picture.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export const openFrameSource = ({ bundleDirectory }) => {
	const log = join(bundleDirectory, 'drawn.log');
	// Stands for the browser: a process in a group of its own that nobody ends unless told to.
	const browser = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
	const open = new Set([browser.pid]);
	browser.on('exit', () => open.delete(browser.pid));
	return {
		name: 'stage',
		async *draw({ segments }, signal) {
			for (const [segment, message] of segments.entries()) {
				const color = message.scenes[0].background.color;
				for (let frame = 0; frame < message.frames; frame++) {
					signal.throwIfAborted();
					await obey(faultAt({ bundleDirectory, log, color, frame }), signal);
					appendFileSync(log, `${color} ${frame}\n`);
					yield { segment, frame, picture: { bytes: await drawPicture(message, color, frame), held: frame % 4 === 3 } };
				}
			}
		},
		async close() {
			if (open.size > 0) process.kill(-browser.pid, 'SIGKILL');
		},
		processIds: () => [...open],
	};
};

const faultAt = ({ bundleDirectory, log, color, frame }) => {
	const file = join(bundleDirectory, 'faults.json');
	const fault = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[color] : undefined;
	if (fault === undefined || fault.frame !== frame) return null;
	const line = `fault ${color}\n`;
	const before = existsSync(log) ? readFileSync(log, 'utf8').split(line).length - 1 : 0;
	if (before >= (fault.times ?? Number.POSITIVE_INFINITY)) return null;
	appendFileSync(log, line);
	return fault.action;
};

const obey = async (action, signal) => {
	switch (action) {
		case null:
			return;
		case 'exit':
			process.exit(7);
			break;
		case 'hoard':
			for (const hoard = []; ; ) hoard.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
		case 'hang':
			await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
			break;
		case 'freeze':
			for (;;);
		case 'throw-later':
			setTimeout(() => {
				throw new Error('nobody catches this');
			});
			await new Promise((resolve) => setTimeout(resolve, 5_000));
			break;
		case 'killed':
			throw Object.assign(new Error('made to fail: killed'), {
				name: 'RenderFailure',
				failure: { class: 'BROWSER_CRASH', message: 'made to fail: killed', blameless: true },
			});
		default:
			throw Object.assign(new Error(`made to fail: ${action}`), {
				name: 'RenderFailure',
				failure: { class: action, message: `made to fail: ${action}` },
			});
	}
};

const drawPicture = ({ canvas: { width, height }, encoder }, color, frame) => {
	const bar = { create: { width: 8, height, channels: 3, background: '#ffffff' } };
	return sharp({ create: { width, height, channels: 3, background: color } })
		.composite([{ input: bar, left: (frame * 3) % (width - 8), top: 0 }])
		.jpeg({ quality: encoder.jpegQuality })
		.toBuffer();
};
