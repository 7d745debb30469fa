// Remotion's own renderMedia on a plan's segments, drawn as one composition. node render-media.mjs PLAN.json BUNDLE BROWSER OUT.mp4
import { readFileSync } from 'node:fs';
import { renderMedia, selectComposition } from '@remotion/renderer';

const [planFile, serveUrl, browserExecutable, outputLocation] = process.argv.slice(2);
const saved = JSON.parse(readFileSync(planFile, 'utf8'));
const { plan, messages } = saved.plan.plan === undefined ? saved : saved.plan;
const inputProps = { segments: plan.outputs[0].segments.map((key) => messages[key]) };
const { encoder } = inputProps.segments[0];
const shared = { serveUrl, inputProps, browserExecutable, chromeMode: 'headless-shell', logLevel: 'error' };
const composition = await selectComposition({ ...shared, id: 'reel' });
await renderMedia({
	...shared,
	composition,
	outputLocation,
	codec: 'h264',
	crf: encoder.crf,
	x264Preset: encoder.preset,
	jpegQuality: encoder.jpegQuality,
	imageFormat: 'jpeg',
	pixelFormat: 'yuv420p',
	colorSpace: 'bt709',
	concurrency: 2,
	muted: true,
});
