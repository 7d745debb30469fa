import { makeCampaign } from './campaign.ts';

/**
 * A program of its own: renders as many videos as its second argument says below a folder, with a frame source that needs no browser. Each has a segment of
 * its own and one that all share. Prints a line `{seconds, finished, rss}` ten times a second and for its end, `rss` in bytes.
 */
const [, , directory = '', count = '0'] = process.argv;
/** A segment is named by one character: the CJK block has enough of them. */
const FIRST_LETTER = 0x4e00;
const names = Array.from({ length: Number(count) }, (_, i) => [`n${i}`, `${String.fromCharCode(FIRST_LETTER + i)}4 s5`] as const);
const campaign = await makeCampaign(directory, Object.fromEntries(names), 2);

const startedAt = performance.now();
let finished = 0;
let failed = 0;
const tell = (): void => {
	const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
	process.stdout.write(`${JSON.stringify({ seconds, finished, rss: process.memoryUsage.rss() })}\n`);
};
const timer = setInterval(tell, 100);
for await (const event of await campaign.start()) {
	if (event.type === 'output-finished') finished++;
	if (event.type === 'output-failed') failed++;
}
clearInterval(timer);
tell();
process.exitCode = failed === 0 && finished === names.length ? 0 : 3;
