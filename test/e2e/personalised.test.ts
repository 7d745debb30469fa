import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withService } from '../providers/data/service.ts';
import { comparePictures } from '../support/compare-pictures.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { inProject, mail, type Parsed, type Project, SPEC } from '../support/mail-project.ts';
import { middleOf } from '../support/video.ts';

const Personal = suite('e2e/personalised');

const SCENES = `  - {id: hello, duration: 1.5, layers: [{text: 'Hi {{recipient.name}}', role: headline}], transition: {type: crossfade, duration: 0.4}}
  - {id: shared, duration: 1.5, layers: [{text: Same for all, role: headline}], transition: cut}
  - id: figure
    duration: 2
    layers:
      - {text: 'Now {{recipient.days}}', role: subhead}
      - {chart: bar, data: [{label: You, value: '{{recipient.days}}'}, {label: We, value: 1}]}
    transition: cut
  - {id: bank, when: {data: {kind: bank}}, layers: [{text: Banks, role: headline}]}
  - {id: shop, when: {data: {kind: shop}}, layers: [{text: Shops, role: headline}]}`;
const FIELDS = 'name: {type: string}, days: {type: integer}, kind: {type: string}';
const PEOPLE = 'id,name,days,kind\na,Ada,9,bank\nb,Bo,4,shop\nc,Cy,9,bank\n';
const TALL = '{name: tall, width: 180, height: 320, fps: 24}';
const personal = mail({
	fields: FIELDS,
	scenes: SCENES,
	durations: '6',
	platforms: `{name: wide, width: 320, height: 180, fps: 24}, ${TALL}`,
});

type Person = { readonly key: string; readonly name: string; readonly days: number; readonly kind: string };
const ADA: Person = { key: 'a', name: 'Ada', days: 9, kind: 'bank' };
const BO: Person = { key: 'b', name: 'Bo', days: 4, kind: 'shop' };

/** The same campaign with one person's values written in, and no data. */
const byHand = ({ key, name, days, kind }: Person): string =>
	personal
		.replace(/^data:[\s\S]*?(?=^scenes:)/m, '')
		.replaceAll('{{recipient.name}}', name)
		.replaceAll("'{{recipient.days}}'", String(days))
		.replaceAll('{{recipient.days}}', String(days))
		.replace(new RegExp(`^.*id: ${kind === 'bank' ? 'shop' : 'bank'},.*$`, 'm'), '')
		.replace(`when: {data: {kind: ${kind}}}, `, '')
		.replace('{platform}-{key}.mp4', `{platform}-${key}.mp4`);

const framesOf = async (
	file: string,
	{ width, height }: { readonly width: number; readonly height: number },
): Promise<readonly Buffer[]> => {
	const ffmpeg = await findFfmpeg();
	const { stdout, status, stderr } = spawnSync(
		ffmpeg.path,
		['-v', 'error', '-i', file, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:1'],
		{ env: { ...ffmpeg.environment }, maxBuffer: 1 << 28 },
	);
	if (status !== 0) throw new Error(String(stderr));
	const size = width * height * 3;
	return Array.from({ length: stdout.length / size }, (_, index) => stdout.subarray(index * size, (index + 1) * size));
};

const WIDE = { width: 320, height: 180 };

Personal(
	'a video joined from shared segments is the video of a spec with the values written in: the same keys, the same bytes, its own data in its frames',
	() =>
		inProject(
			{ [SPEC]: personal, 'people.csv': PEOPLE, 'a/a.campaign.yaml': byHand(ADA), 'b/b.campaign.yaml': byHand(BO) },
			async (project) => {
				const { outputs, summary } = await project.json('plan', SPEC, '--json');
				assert.is(outputs.length, 6);
				assert.ok(summary.frames.unique < summary.frames.total * 0.8, JSON.stringify(summary));
				assert.is((await project.run('render', SPEC)).code, 0);
				for (const { key } of [ADA, BO]) {
					const spec = `${key}/${key}.campaign.yaml`;
					const written = await project.json('plan', spec, '--json');
					for (const one of written.outputs) {
						const same = outputs.find(({ recipient, axes }: Parsed) => recipient === key && axes.platform === one.axes.platform);
						assert.equal(one.segments, same.segments);
					}
					assert.is(written.summary.frames.toRender, 0);
					const alone = await inProject({ [SPEC]: readFileSync(join(project.folder, spec), 'utf8') }, async (fresh) => {
						assert.is((await fresh.run('render', SPEC)).code, 0);
						for (const video of fresh.videos())
							assert.ok(
								readFileSync(join(fresh.folder, 'out/mail', video)).equals(readFileSync(join(project.folder, 'out/mail', video))),
								`${video} has the same bytes`,
							);
						assert.equal(fresh.videos(), [`tall-${key}.mp4`, `wide-${key}.mp4`]);
					});
					assert.is(alone, undefined);
				}
				await showsItsOwnData(project);
			},
		),
);

/** Frames of the personal scenes against stills of the specs that were written by hand. */
const showsItsOwnData = async (project: Project): Promise<void> => {
	for (const seconds of [0.9, 4.9]) {
		const stills = new Map<string, Buffer>();
		for (const { key } of [ADA, BO]) {
			const out = `${key}-${seconds}.png`;
			assert.is(
				(await project.run('still', `${key}/${key}.campaign.yaml`, '--select', 'platform=wide', '--at', String(seconds), '--out', out))
					.code,
				0,
			);
			stills.set(key, readFileSync(join(project.folder, out)));
		}
		for (const [own, other] of [
			['a', 'b'],
			['b', 'a'],
		] as const) {
			const frames = await framesOf(join(project.folder, 'out/mail', `wide-${own}.mp4`), WIDE);
			assert.is(frames.length, 144);
			const frame = await sharp(frames[Math.floor(seconds * 24)]!, { raw: { ...WIDE, channels: 3 } })
				.png()
				.toBuffer();
			const [mine, theirs] = [await comparePictures(frame, stills.get(own)!), await comparePictures(frame, stills.get(other)!)];
			assert.ok(mine.share < 0.008, `${own} at ${seconds} s: ${JSON.stringify(mine)}`);
			assert.ok(theirs.share > mine.share + 0.0015, `${own} at ${seconds} s: ${JSON.stringify({ mine, theirs })}`);
		}
	}
};

const keysByRecipient = ({ outputs }: Parsed): ReadonlyMap<string, readonly string[]> =>
	new Map(outputs.map(({ id, segments }: Parsed) => [id, segments]));

Personal('another name of one row renders the segments that show it and no other; another narrative is the one that its people share', () =>
	inProject({ [SPEC]: personal, 'people.csv': PEOPLE }, async (project) => {
		assert.is((await project.run('render', SPEC)).code, 0);
		const before = keysByRecipient(await project.json('plan', SPEC, '--json'));
		project.write('people.csv', PEOPLE.replace('Cy', 'Cleo'));
		const renamed = await project.json('plan', SPEC, '--json');
		const after = keysByRecipient(renamed);
		for (const [id, keys] of before) if (!id.endsWith('/c')) assert.equal(after.get(id), keys);
		const rendered = renamed.segments.filter(({ action }: Parsed) => action === 'render');
		assert.ok(rendered.length > 0);
		assert.ok(
			rendered.every(({ label }: Parsed) => /^hello( > shared)?$/.test(label)),
			JSON.stringify(rendered.map(({ label }: Parsed) => label)),
		);
		assert.equal(
			renamed.changes.filter(({ change }: Parsed) => change !== 'unchanged').map(({ id }: Parsed) => id.slice(-1)),
			['c', 'c'],
		);

		project.write('people.csv', PEOPLE.replace('Cy,9,bank', 'Cy,9,shop'));
		const moved = await project.json('plan', SPEC, '--json');
		assert.is(moved.summary.frames.toRender, 0, 'all of it is there: others see it');
		for (const [id, keys] of keysByRecipient(moved)) {
			if (!id.endsWith('/c')) assert.equal(keys, before.get(id));
			else assert.is(keys.at(-1), before.get(id.replace(/c$/, 'b'))!.at(-1));
		}
	}),
);

const solid = (background: string): Promise<Buffer> =>
	sharp({ create: { width: 64, height: 64, channels: 3, background } })
		.png()
		.toBuffer();

const PICTURES = `  - {id: logo, duration: 1.5, transition: cut, background: {type: solid, color: '#ffffff'}, layers: [{image: '{{recipient.logo}}', fit: cover, at: {x: 0%, y: 0%, width: 100%, height: 100%}}]}
  - {id: ground, background: {type: solid, color: brand.primary}, layers: [{shape: line, at: bottom}]}`;

Personal(
	'pictures of rows: those in the project are drawn, and colour the brand; private addresses and files elsewhere are never read',
	() =>
		withService(
			(_hit, response) => response.end('secret'),
			async ({ host, hits }) =>
				inProject(
					{
						[SPEC]: mail({
							fields: 'logo: {type: string, format: image, fallback: grey.png}',
							scenes: PICTURES,
							durations: '4',
							more: "brand: {name: Acme, colors: {primary: '#6366f1', from: logo}}",
						}),
						'red.png': await solid('#e11d48'),
						'copy.png': await sharp(await solid('#e11d48'))
							.resize(80, 80)
							.png()
							.toBuffer(),
						'green.png': await solid('#16a34a'),
						'grey.png': await solid('#808080'),
						'people.csv': `id,logo\na,red.png\nb,green.png\nc,http://${host}/logo.png\nd,copy.png\ne,missing.png\nf,file:///etc/passwd\ng,../../../etc/passwd\n`,
					},
					async (project) => {
						const planned = await project.run('plan', SPEC, '--json');
						assert.is(planned.code, 0, planned.stderr);
						assert.equal(hits, []);
						const { outputs, segments } = JSON.parse(planned.stdout);
						assert.equal(
							outputs.map(({ recipient }: Parsed) => recipient),
							['a', 'b', 'c', 'd', 'e'],
						);
						assert.match(planned.stderr, /warning\[RF4210\] recipients row 3 \(key c\), column logo: /);
						assert.match(planned.stderr, /warning\[RF4213\] recipients row 5 \(key e\), column logo: /);
						for (const row of ['6 (key f)', '7 (key g)'])
							assert.ok(planned.stderr.includes(`warning[RF4204] recipients row ${row}, column logo: `), planned.stderr);
						const labelOf = new Map(segments.map(({ key, label }: Parsed) => [key, label]));
						const scene = (recipient: string, id: string): readonly string[] =>
							outputs.find((one: Parsed) => one.recipient === recipient).segments.filter((key: string) => labelOf.get(key) === id);
						assert.equal(scene('a', 'ground'), scene('d', 'ground'), 'equal colours are one scene');
						assert.not.equal(scene('a', 'ground'), scene('b', 'ground'));
						assert.not.equal(scene('a', 'logo'), scene('d', 'logo'));
						assert.equal(scene('c', 'logo'), scene('e', 'logo'), 'both show the fallback');
						const shot = async (recipient: string, at: string) => {
							const out = `${recipient}-${at}.png`;
							assert.is((await project.run('still', SPEC, '--rows', recipient, '--at', at, '--out', out)).code, 0);
							return middleOf(join(project.folder, out));
						};
						isNear(await shot('a', '1'), [225, 29, 72]);
						isNear(await shot('c', '1'), [128, 128, 128]);
						const [red, green, blue] = await shot('b', '3');
						assert.ok(green > red + 60 && green > blue + 60, 'the ground is in the colour of the logo, as the mood takes it');
						assert.is((await project.run('render', SPEC)).code, 3, 'two rows are left out');
						assert.equal(
							project
								.manifest()
								.map(({ key, status }) => `${key} ${status}`)
								.sort(),
							['a finished', 'b finished', 'c finished', 'd finished', 'e finished', 'f skipped', 'g skipped'],
						);
						assert.equal(hits, []);
					},
				),
		),
);

const isNear = (color: readonly number[], wanted: readonly number[]): void =>
	assert.ok(
		color.every((level, channel) => Math.abs(level - wanted[channel]!) < 26),
		`${color} is not ${wanted}`,
	);

const HOSTILE = [
	'{{constructor}}',
	`${'{env.HOME}'}`,
	'<script>alert(1)</script>',
	'{{recipient.id}}',
	'$(id)',
	'*bold* <b>b</b>',
	'=1+1',
	'__proto__',
];

Personal('nothing in the data is evaluated: it is shown as given, or refused', () =>
	inProject(
		{
			[SPEC]: mail({
				fields: 'name: {type: string}, tint: {type: string, format: color}',
				scenes: `  - {id: hello, duration: 1.5, transition: cut, layers: [{text: '{{recipient.name}}', role: body, color: '{{recipient.tint}}'}]}
  - {id: close, layers: [{text: Go, role: headline}]}`,
			}),
			'people.csv': `id,name,tint\n${HOSTILE.map((name, index) => `k${index},"${name}",red\n`).join('')}x,X,red;background:url(http://127.0.0.1/)\ny,Y,expression(alert(1))\nz,Z,var(--a)\n`,
		},
		async (project) => {
			const { code, stderr } = await project.run('plan', SPEC, '--out', 'plan.json');
			assert.is(code, 0, stderr);
			const text = readFileSync(join(project.folder, 'plan.json'), 'utf8');
			const { plan, messages } = JSON.parse(text).plan;
			assert.is(plan.outputs.length, HOSTILE.length);
			for (const [index, name] of HOSTILE.entries()) {
				const { segments } = plan.outputs.find(({ recipient }: Parsed) => recipient === `k${index}`);
				assert.ok(
					wordsOf(messages[segments[0]]).replace(/\s/g, '').includes(name.replace(/\s/g, '')),
					`${name}: ${wordsOf(messages[segments[0]])}`,
				);
			}
			assert.not.ok(text.includes(process.env['HOME']!), 'no variable of the environment is read');
			for (const row of ['9 (key x)', '10 (key y)', '11 (key z)'])
				assert.ok(stderr.includes(`warning[RF4204] recipients row ${row}, column tint: `), stderr);
		},
	),
);

/** All text that a message draws. */
const wordsOf = (value: Parsed): string => {
	if (Array.isArray(value)) return value.map(wordsOf).join('');
	if (typeof value !== 'object' || value === null) return '';
	const own = typeof value.text === 'string' ? value.text : '';
	return own + Object.values(value).map(wordsOf).join('');
};

Personal.run();
