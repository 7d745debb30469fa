import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadIcons, nearestIcons } from '../../src/providers/icons.ts';

const Icons = suite('providers/icons');

Icons('an icon is markup on a 24-unit grid that takes the text colour', async () => {
	const icon = (await loadIcons()).icon('arrow-right')!;
	assert.is(icon.size, 24);
	assert.match(icon.body, 'currentColor');
});

Icons('an alias draws its icon', async () => {
	const icons = await loadIcons();
	assert.equal(icons.icon('activity-square'), icons.icon('square-activity'));
});

Icons('names that no icon has are null, those of every object included', async () => {
	const icons = await loadIcons();
	for (const name of ['arow-right', '', 'constructor', '__proto__', 'toString']) assert.is(icons.icon(name), null, name);
});

for (const [given, first] of [
	['arow-right', 'arrow-right'],
	['shoping-cart', 'shopping-cart'],
	['cart', 'car'],
	['zzzzzz', undefined],
] as const) {
	Icons(`"${given}" leads to ${first ?? 'nothing'}`, async () => {
		assert.is(nearestIcons(given, (await loadIcons()).iconNames())[0], first);
	});
}

Icons('a part of a name leads to the icons that have it', async () => {
	assert.ok(nearestIcons('cart', (await loadIcons()).iconNames()).includes('shopping-cart'));
});

Icons.run();
