import { makeCampaign } from './campaign.ts';

/** A program of its own, several of which share a store: renders 24 segments of 8 to 10 frames into 8 videos below a folder. Prints how it ended. */
const [, , directory = ''] = process.argv;
const outputs = Object.fromEntries([...'abcdefgh'].map((letter) => [`${letter}.mp4`, `${letter}8 ${letter}9 ${letter}10`]));
const campaign = await makeCampaign(directory, outputs, 1);
const { events, summary } = await campaign.run({ leases: { beatMs: 100, expiryMs: 1_000 } });
const awaited = events.flatMap((event) => (event.type === 'segments-awaited' ? [event.holder.pid] : []));
process.stdout.write(`${JSON.stringify({ summary, awaited })}\n`);
process.exit(summary.outputs.failed > 0 ? 3 : 0);
