import { join } from 'node:path';
import { DEFAULT_TIME_LIMITS } from '../../src/renderer/stage-source.ts';
import { makeCampaign } from './campaign.ts';
import { testBrowser } from './machine.ts';
import { movingBox } from './reel-fixture.ts';

/** A program of its own: renders what `run-small-campaign` does with the real browser. Its bundle is the second argument. Prints how it ended. */
const [, , directory = '', bundleDirectory = ''] = process.argv;
const settings = {
	browser: await testBrowser(),
	sandbox: process.getuid?.() !== 0,
	temporaryDirectory: join(directory, 'profiles'),
	timeLimits: DEFAULT_TIME_LIMITS,
};
const drawing = { settings, bundleDirectory, layers: [movingBox(0, 3, 5)] };
const campaign = await makeCampaign(directory, { 'one.mp4': 'a4 b4', 'two.mp4': 'b4 c4' }, 1, { drawing });
const { summary } = await campaign.run();
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exit(summary.outputs.failed > 0 ? 3 : 0);
