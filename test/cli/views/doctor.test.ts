import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS } from '../../../src/cli/terminal.ts';
import { doctorChecks, doctorJson, doctorText } from '../../../src/cli/views/doctor.ts';
import type { MachineReport } from '../../../src/cli/wiring.ts';

const Doctor = suite('cli/views/doctor');

const machine: MachineReport = {
	tools: [
		{
			tool: 'browser',
			links: [
				{ name: 'REELFORM_BROWSER', state: 'not-found', path: null, version: null, why: 'not set' },
				{ name: '@sparticuz/chromium', state: 'chosen', path: '/p/chromium', version: 'Chromium 147', why: 'installed with Reelform' },
			],
		},
		{ tool: 'encoder', links: [{ name: 'ffmpeg', state: 'chosen', path: '/p/ffmpeg', version: '7.1', why: 'it is there and runs' }] },
	],
	fontFamilies: ['Anton', 'Inter'],
	remotionVersions: new Map([
		['remotion', '4.0.520'],
		['@remotion/renderer', '4.0.520'],
	]),
	store: { segments: 1200, bytes: 3_400_000 },
};

Doctor('a machine that has everything: each tool with every place that was asked, and why', () => {
	assert.snapshot(
		doctorText(doctorChecks('v20.20.2', machine), NO_COLORS),
		`ok       node      v20.20.2 (needs 20.19 or newer)
ok       browser   Chromium 147, from @sparticuz/chromium
            REELFORM_BROWSER     not found  not set
          > @sparticuz/chromium  chosen     installed with Reelform: /p/chromium
ok       encoder   7.1, from ffmpeg
          > ffmpeg  chosen  it is there and runs: /p/ffmpeg
ok       remotion  4.0.520, all 2 packages
ok       fonts     Anton, Inter
ok       store     1,200 segments, 3.4 MB in .reelform/store

This machine can render.
`,
	);
});

const statusOf = (version: string, report: MachineReport): readonly string[] =>
	doctorChecks(version, report)
		.filter((check) => check.status === 'missing')
		.map((check) => check.name);

for (const [title, version, change, missing] of [
	['nothing is missing on a machine that has everything', 'v20.19.0', {}, []],
	['an old Node is', 'v20.18.3', {}, ['node']],
	['a newer major is not', 'v22.1.0', {}, []],
	['a tool without a chosen place is', 'v22.1.0', { tools: [{ tool: 'browser', links: [] }] }, ['browser']],
	[
		'Remotion packages of two versions are',
		'v22.1.0',
		{
			remotionVersions: new Map([
				['remotion', '4.0.520'],
				['@remotion/renderer', '4.0.521'],
			]),
		},
		['remotion'],
	],
	['no font family is', 'v22.1.0', { fontFamilies: [] }, ['fonts']],
] as const)
	Doctor(title, () => assert.equal(statusOf(version, { ...machine, ...(change as Partial<MachineReport>) }), missing));

Doctor('the JSON says whether all is well, and holds every place', () => {
	const report = JSON.parse(doctorJson(doctorChecks('v18.0.0', machine)));
	assert.is(report.formatVersion, 1);
	assert.is(report.ok, false);
	assert.is(report.checks[1].links.length, 2);
});

Doctor.run();
