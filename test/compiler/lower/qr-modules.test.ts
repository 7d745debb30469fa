import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { worstContrast } from '../../../src/compiler/design/color.ts';
import { drawQr, LONGEST_QR, leastQrSide, qrColors, qrModules } from '../../../src/compiler/lower/qr-modules.ts';
import { sceneContext } from '../../../src/compiler/lower/scene-context.ts';
import { readQr } from '../../support/read-qr.ts';
import { sceneRequest } from '../../support/scene-requests.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Qr = suite('compiler/lower/qr-modules');

const TEXTS = ['https://example.com/start', 'a', 'https://例え.jp/ä?q=1&b=ü', 'https://example.com/'.padEnd(120, 'x')];

for (const text of TEXTS) Qr(`a reader finds "${text.slice(0, 30)}" in its code`, () => assert.is(readQr(qrModules(text).rows), text));

Qr('the same text gives the same code, another text another', () => {
	assert.equal(qrModules('one'), qrModules('one'));
	assert.not.equal(qrModules('one'), qrModules('two'));
});

Qr('a text that is too long is refused', () => {
	assert.throws(() => qrModules('x'.repeat(LONGEST_QR + 1)), /holds 1200 bytes/);
	assert.ok(qrModules('x'.repeat(LONGEST_QR)).count > 100);
});

Qr('what is drawn is the code, in whole pixels, with four modules of light around it', () => {
	const modules = qrModules('https://example.com/start');
	for (const side of [150, 211.7, 300, 777]) {
		const drawn = drawQr({
			modules,
			box: { x: 10.3, y: 20.7, width: side, height: side + 40 },
			colors: { dark: '#101020', light: '#ffffff' },
			radius: 500,
		});
		assert.ok(drawn.type === 'group');
		const [ground, code] = drawn.children;
		assert.ok(ground?.type === 'rectangle' && code?.type === 'icon');
		const pixel = code.box.width / modules.count;
		assert.ok(Number.isInteger(pixel) && Number.isInteger(code.box.x) && Number.isInteger(code.box.y));
		assert.ok(code.box.x - ground.box.x >= 4 * pixel && code.box.y - ground.box.y >= 4 * pixel);
		assert.ok(ground.box.x + ground.box.width - code.box.x - code.box.width >= 4 * pixel);
		assert.ok(ground.radius <= code.box.x - ground.box.x);
		assert.equal(darkIn(code.body, modules.count), modules.rows);
	}
});

/** The squares that the path of a drawing fills. */
const darkIn = (body: string, count: number): readonly (readonly boolean[])[] => {
	const rows = Array.from({ length: count }, () => Array.from({ length: count }, () => false));
	for (const [, x, y, length] of body.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
		rows[Number(y)]!.fill(true, Number(x), Number(x) + Number(length));
	return rows;
};

Qr('modules are at least two pixels wide, and more on a large canvas', () => {
	const modules = qrModules('https://example.com/start');
	const across = modules.count + 8;
	assert.is(leastQrSide(modules, 0.9), across * 2);
	assert.ok(leastQrSide(modules, 10.8) >= across * 4.5);
});

Qr('dark and light differ by 12:1, whatever the brand', async () => {
	const next = seededNumbers(4);
	for (let round = 0; round < 40; round++) {
		const primary = `#${Math.floor(next() * 0xffffff)
			.toString(16)
			.padStart(6, '0')}`;
		const request = await sceneRequest({ brand: { name: 'Halden', colors: { primary } } });
		const { dark, light } = qrColors(sceneContext(request, () => {}));
		assert.ok(worstContrast(dark, [light]) >= 12, primary);
	}
});

Qr.run();
