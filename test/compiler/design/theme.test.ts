import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contrast, fromOklch, oklchOf, worstContrast } from '../../../src/compiler/design/color.ts';
import { moodOf } from '../../../src/compiler/design/moods.ts';
import { makeThemes, recipeColor, resolveColor, rolesOn, settleGround, theme } from '../../../src/compiler/design/theme.ts';
import { MOODS } from '../../support/scene-requests.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Theming = suite('compiler/design/theme');

const randomColor = (next: () => number): string => fromOklch({ l: next(), c: next() * 0.3, h: next() * 360 });

for (const name of MOODS)
	Theming(`every text role of ${name} reads on every ground of its own, whatever the brand's colours`, () => {
		const mood = moodOf(name);
		const next = seededNumbers(11);
		for (let round = 0; round < 60; round++) {
			const made = theme(mood, round === 0 ? {} : { primary: randomColor(next), accent: randomColor(next) });
			for (const ground of [...mood.colors.grounds, mood.colors.closing]) {
				const wished = ground.colors.map((recipe) => recipeColor(recipe, made.palette));
				const { colors } = settleGround(made, wished, true);
				const roles = rolesOn(made, colors);
				for (const role of ['ink', 'muted', 'accentInk'] as const)
					assert.ok(worstContrast(roles[role], colors) >= 4.5, `${role} ${roles[role]} on ${colors} (${JSON.stringify(made.palette)})`);
				assert.ok(contrast(roles.onAccent, roles.accent) >= 4.5);
				assert.ok(worstContrast(roles.accent, colors) >= 3);
			}
		}
	});

Theming('a mood without brand colours has a palette of its own', () => {
	const primaries = MOODS.map((name) => theme(moodOf(name), {}).palette.primary);
	assert.is(new Set(primaries).size, MOODS.length);
});

Theming('a brand with one colour is set in that one', () => {
	const { palette } = theme(moodOf('calm'), { primary: '#336699' });
	assert.equal(palette, { primary: '#336699', accent: '#336699' });
});

Theming('what is derived from a brand colour keeps its hue', () => {
	const made = theme(moodOf('calm'), { primary: '#d9480f' });
	const ground = recipeColor(moodOf('calm').colors.inkOnLight, made.palette);
	assert.ok(Math.abs(oklchOf(ground).h - oklchOf('#d9480f').h) < 6);
});

Theming('a grey brand stays grey', () => {
	const made = theme(moodOf('sophisticated'), { primary: '#777777' });
	for (const recipe of moodOf('sophisticated').colors.grounds[0]!.colors) assert.ok(oklchOf(recipeColor(recipe, made.palette)).c < 0.004);
});

Theming('a gradient of brand colours goes a little darker so that light ink reads on all of it', () => {
	const made = theme(moodOf('bold'), { primary: '#6366f1', accent: '#ec4899' });
	const { colors, moved } = settleGround(made, ['#6366f1', '#ec4899'], true);
	assert.is(moved, false);
	assert.ok(rolesOn(made, colors).dark);
	assert.ok(Math.abs(oklchOf(colors[1]!).l - oklchOf('#ec4899').l) < 0.09);
});

Theming('colours that were written out are kept while some ink reads on them', () => {
	const made = theme(moodOf('calm'), {});
	assert.equal(settleGround(made, ['#ffd400', '#ff9a00'], false), { colors: ['#ffd400', '#ff9a00'], moved: false });
});

Theming('a gradient from black to white is moved, and says so', () => {
	const made = theme(moodOf('calm'), {});
	const { colors, moved } = settleGround(made, ['#000000', '#ffffff'], false);
	assert.ok(moved);
	assert.ok(worstContrast(rolesOn(made, colors).ink, colors) >= 4.5);
});

Theming('scenes of one mood and palette share a theme, and its roles are those of a theme of their own', () => {
	const themeOf = makeThemes();
	const brands = [{}, { primary: '#6366f1' }, { primary: '#6366f1', accent: '#ec4899' }, { primary: '#ec4899', accent: '#6366f1' }];
	const grounds = [['#ffffff'], ['#101010'], ['#101010', '#ffffff'], ['#ffffff', '#101010'], ['#ec4899', '#d9480f']];
	// Twice: worked out the first time, remembered the second.
	for (const _ of [1, 2])
		for (const name of MOODS)
			for (const brand of brands)
				for (const colors of grounds)
					assert.equal(rolesOn(themeOf(moodOf(name), brand), colors), rolesOn(theme(moodOf(name), brand), colors), `${name} ${colors}`);
	assert.is(themeOf(moodOf('calm'), { primary: '#6366f1' }), themeOf(moodOf('calm'), { accent: '#6366f1' }));
});

Theming('names of roles, of the brand and of CSS are colours, anything else is not', () => {
	const made = theme(moodOf('calm'), { primary: '#112233', accent: '#445566' });
	const roles = rolesOn(made, ['#ffffff']);
	assert.is(resolveColor('brand.primary', made, roles), '#112233');
	assert.is(resolveColor('brand.accent', made, roles), '#445566');
	assert.is(resolveColor('on-accent', made, roles), roles.onAccent);
	assert.is(resolveColor('teal', made, roles), '#008080');
	assert.is(resolveColor('brand.primry', made, roles), null);
	assert.is(resolveColor('toString', made, roles), null);
});

Theming.run();
