import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { axisValues, checkSelection, parseSelection } from '../../src/cli/select.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import { selects } from '../../src/model/selection.ts';

const Select = suite('cli/select');

const spec: CampaignSpec = {
	reelform: 1,
	campaign: 'launch',
	platforms: ['tiktok', 'youtube', { name: 'lobby-screen', width: 64, height: 64 }],
	durations: [15, '30s', 2.5],
	variants: { professional: { mood: 'sophisticated' }, playful: { mood: 'playful' } },
	ctas: { 'shop-now': { text: 'Shop' }, 'learn-more': { text: 'Learn' } },
	scenes: [{ id: 'a' }],
};

const usage = (act: () => unknown): UsageError => {
	try {
		act();
	} catch (error) {
		if (error instanceof UsageError) return error;
		throw error;
	}
	throw new Error('nothing was refused');
};

for (const [title, expressions, expected] of [
	['a comma means or', ['platform=tiktok,youtube'], { platform: ['tiktok', 'youtube'] }],
	['a space means and', ['platform=tiktok duration=15'], { platform: ['tiktok'], duration: ['15'] }],
	['a repeated flag means and', ['platform=tiktok', 'cta=shop-now'], { platform: ['tiktok'], cta: ['shop-now'] }],
	['one axis named twice keeps what both name', ['platform=tiktok,youtube', 'platform=youtube,x'], { platform: ['youtube'] }],
	['durations are compared as seconds', ['duration=15s,2.50,030'], { duration: ['15', '2.5', '30'] }],
] as const)
	Select(title, () => assert.equal(parseSelection(expressions), expected));

for (const [expression, message, hint] of [
	['', '--select is empty', 'for example'],
	['platform', 'cannot read "platform"', 'for example'],
	['platform=', 'cannot read "platform="', 'for example'],
	['a=b=c', 'cannot read "a=b=c"', 'for example'],
	['platfrom=tiktok', 'unknown axis "platfrom"', 'did you mean "platform"?'],
	['size=4k', 'unknown axis "size"', 'platform, duration, variant, mood, cta'],
] as const)
	Select(`"${expression}" is refused with a hint`, () => {
		const error = usage(() => parseSelection([expression]));
		assert.match(error.message, message);
		assert.match(error.hint ?? '', hint);
	});

Select('the values of a campaign are those of its spec', () => {
	assert.equal(axisValues(spec), {
		platform: ['tiktok', 'youtube', 'lobby-screen'],
		duration: ['15', '30', '2.5'],
		variant: ['professional', 'playful'],
		mood: ['sophisticated', 'playful'],
		cta: ['shop-now', 'learn-more'],
	});
});

Select('a value that the campaign does not have is refused with the near one, or all', () => {
	const known = axisValues(spec);
	checkSelection({ platform: ['tiktok'], duration: ['2.5'], mood: ['playful'] }, known);
	assert.is(usage(() => checkSelection({ platform: ['tiktk'] }, known)).hint, 'did you mean "tiktok"?');
	assert.match(usage(() => checkSelection({ duration: ['120'] }, known)).hint ?? '', '15, 30, 2.5');
	assert.is(usage(() => checkSelection({ cta: ['buy'] }, { ...known, cta: [] })).hint, 'this campaign has none');
});

Select('an output is selected when every named axis has one of the values', () => {
	const axes = { platform: 'tiktok', duration: 15, variant: 'playful', mood: 'playful', cta: null };
	assert.ok(selects({}, axes));
	assert.ok(selects({ platform: ['youtube', 'tiktok'], duration: ['15'] }, axes));
	assert.not(selects({ platform: ['tiktok'], duration: ['30'] }, axes));
	assert.not(selects({ cta: ['shop-now'] }, axes));
	assert.not(selects({ platform: [] }, axes));
});

Select.run();
