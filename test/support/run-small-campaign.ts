import { makeCampaign } from './campaign.ts';

/** A program of its own: renders three segments into two videos below a folder, with a frame source that needs no browser. Prints how it ended. */
const [, , directory = ''] = process.argv;
const campaign = await makeCampaign(directory, { 'one.mp4': 'a4 b4', 'two.mp4': 'b4 c4' }, 1);
const { summary } = await campaign.run();
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exit(summary.outputs.failed > 0 ? 3 : 0);
