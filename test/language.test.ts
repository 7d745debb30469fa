import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { firstSpec } from '../src/cli/first-spec.ts';
import { readSpec } from '../src/compiler/read-spec.ts';
import { CODES } from '../src/diagnostics/codes.ts';
import { CODE_OF_FAILURE } from '../src/model/failure.ts';

const Language = suite('language');

type Node = {
	readonly $ref?: string;
	readonly type?: string;
	readonly title?: string;
	readonly const?: unknown;
	readonly properties?: Readonly<Record<string, Node>>;
	readonly additionalProperties?: Node | boolean;
	readonly items?: Node;
	readonly anyOf?: readonly Node[];
};

const schema = JSON.parse(readFileSync('schema/campaign.schema.json', 'utf8')) as Node & { readonly $defs: Readonly<Record<string, Node>> };
const ajv = new Ajv2020({ strict: false, validateSchema: false });
ajv.addSchema(schema, 'campaign');

/** A node under the name of its definition, or under the place where it stands. */
type Named = { readonly node: Node; readonly name: string; readonly pointer: string };

const resolve = ({ node, name, pointer }: Named): Named => {
	const def = node.$ref?.replace('#/$defs/', '');
	return def === undefined ? { node, name, pointer } : resolve({ node: schema.$defs[def]!, name: def, pointer: `/$defs/${def}` });
};

const child = ({ name, pointer }: Named, node: Node, step: string): Named =>
	resolve({ node, name: /\/properties\//.test(step) ? `${name}.${step.split('/').at(-1)}` : name, pointer: `${pointer}${step}` });

/** The keys of a node; those of alternatives under the value of their `type`. */
const keysOf = ({ node, name }: Named): readonly string[] => Object.keys(node.properties ?? {}).map((key) => keyOf(node, name, key));

/** Keys that all members of a family have, such as `from` of a layer or `when` of a background, are one key. */
const FAMILIES: readonly (readonly [pattern: RegExp, name: string, keys: readonly string[]])[] = [
	[/Layer$/, 'layer', ['at', 'align', 'color', 'motion', 'from', 'until', 'when', 'for']],
	[/Background$/, 'background', ['when', 'colors', 'animated', 'seed', 'complexity', 'scrim', 'color', 'ground', 'speed']],
	[/^transition\(/, 'transition', ['when', 'duration', 'direction']],
	[/^(chart|number)Layer$/, 'figure', ['format', 'currency', 'unit', 'locale', 'decimals']],
	[/(Enter|Exit|Entrance)(\(|$)/, 'motion', ['duration', 'delay', 'easing', 'stagger', 'travel']],
];

const keyOf = (node: Node, name: string, key: string): string => {
	const own = nameOf(node, name);
	const family = FAMILIES.find(([pattern, , keys]) => pattern.test(own) && keys.includes(key));
	return `${family?.[1] ?? own}.${key}`;
};

const nameOf = (node: Node, name: string): string => {
	const type = node.properties?.['type']?.const;
	return node.title !== undefined && name !== 'CampaignSpec' ? `${name}(${typeof type === 'string' ? type : node.title})` : name;
};

const allKeys = (): ReadonlySet<string> => {
	const keys = new Set<string>();
	const seen = new Set<string>();
	const visit = (named: Named): void => {
		if (seen.has(named.pointer)) return;
		seen.add(named.pointer);
		for (const key of keysOf(named)) keys.add(key);
		for (const one of childrenOf(named)) visit(one);
	};
	visit({ node: schema, name: 'CampaignSpec', pointer: '' });
	return keys;
};

const childrenOf = (named: Named): readonly Named[] => {
	const { node } = named;
	return [
		...Object.entries(node.properties ?? {}).map(([key, one]) => child(named, one, `/properties/${key}`)),
		...(typeof node.additionalProperties === 'object' ? [child(named, node.additionalProperties, '/additionalProperties')] : []),
		...(node.items === undefined ? [] : [child(named, node.items, '/items')]),
		...(node.anyOf ?? []).map((one, index) => child(named, one, `/anyOf/${index}`)),
	];
};

const fits = ({ pointer }: Named, data: unknown): boolean => ajv.validate({ $ref: `campaign#${pointer}` }, data) as boolean;

/** Every key of the schema that a piece of data uses. What a `for` gives counts for the part that it stands in. */
const usedKeys = (named: Named, data: unknown, used: Set<string>): void => {
	const { node } = named;
	for (const [index, one] of (node.anyOf ?? []).entries()) {
		const branch = child(named, one, `/anyOf/${index}`);
		if (fits(branch, data)) usedKeys(branch, data, used);
	}
	if (Array.isArray(data) && node.items) for (const item of data) usedKeys(child(named, node.items, '/items'), item, used);
	if (typeof data !== 'object' || data === null || Array.isArray(data)) return;
	for (const [key, value] of Object.entries(data)) {
		const own = node.properties?.[key];
		if (own !== undefined) used.add(keyOf(node, named.name, key));
		if (own !== undefined) usedKeys(child(named, own, `/properties/${key}`), value, used);
		else if (typeof node.additionalProperties === 'object')
			usedKeys(child(named, node.additionalProperties, '/additionalProperties'), value, used);
		if (key === 'for') for (const override of Object.values(value as object)) usedKeys(named, override, used);
	}
};

const filesUnder = (folder: string, ending: RegExp): readonly string[] =>
	(readdirSync(folder, { recursive: true }) as string[]).filter((file) => ending.test(file)).map((file) => `${folder}/${file}`);

/** Specs, and the examples of the docs, which are validated elsewhere. */
const exampleData = (): readonly unknown[] => [
	...[...filesUnder('specs', /\.campaign\.yaml$/), ...filesUnder('test/fixtures', /\.campaign\.yaml$/)].map((file) =>
		parse(readFileSync(file, 'utf8')),
	),
	...filesUnder('docs', /\.md$/)
		.filter((page) => page !== 'docs/errors.md')
		.flatMap((page) => [...readFileSync(page, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text)))
		.map((data) => ({ ...parse(firstSpec('example', null)), ...data })),
];

Language('docs/language.md says what the schema says', () => {
	const check = spawnSync(process.execPath, ['scripts/generate-language-docs.mjs', '--check'], { encoding: 'utf8' });
	assert.is(check.status, 0, check.stderr);
});

Language('every link inside docs/language.md leads to a heading', () => {
	const text = readFileSync('docs/language.md', 'utf8');
	const anchors = new Set([...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-')));
	const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
	assert.ok(links.length > 50);
	assert.equal([...new Set(links.filter((anchor) => !anchors.has(anchor)))], []);
});

Language('the fixtures that show the rest of the keys are specs without a fault', () => {
	for (const file of ['test/fixtures/every-key.campaign.yaml', 'test/fixtures/every-sound.campaign.yaml'])
		assert.equal(
			readSpec({ file, text: readFileSync(file, 'utf8') }).diagnostics.map(({ code, summary }) => `${code} ${summary}`),
			[],
			file,
		);
});

/** Keys that no example has to use, each with the reason. */
const UNUSED: Readonly<Record<string, string>> = {};

Language('every key of the schema is used in a spec, a fixture or an example of the docs', () => {
	const used = new Set<string>();
	const root: Named = { node: schema, name: 'CampaignSpec', pointer: '' };
	for (const data of exampleData()) usedKeys(root, data, used);
	const keys = allKeys();
	assert.ok(keys.size > 100);
	assert.equal(
		[...keys].filter((key) => !used.has(key) && UNUSED[key] === undefined),
		[],
	);
	assert.equal(
		Object.keys(UNUSED).filter((key) => !keys.has(key) || used.has(key)),
		[],
		'no longer needed',
	);
});

Language('every background and every transition can be a candidate', () => {
	const variants = (name: string): readonly Node[] =>
		schema.$defs[name]!.anyOf!.map((node) => resolve({ node, name, pointer: '' }).node).filter((node) => node.properties);
	for (const node of [...variants('background'), ...variants('transition')])
		assert.equal(node.properties!['when'], { $ref: '#/$defs/when' }, JSON.stringify(node));
});

Language('every layer has `when` and `for`', () => {
	for (const branch of schema.$defs['layer']!.anyOf!) {
		const { node, name } = resolve({ node: branch, name: 'layer', pointer: '' });
		assert.ok(node.properties!['when'] && node.properties!['for'], name);
	}
});

/** Codes that no test can name, each with the reason. */
const UNTESTED: readonly string[] = [
	// `doctor` tells it in words of its own: test/cli/views/doctor.test.ts.
	'RF5003',
];

/** Failures of a render are thrown as classes, and reported under the code of their class. */
const classesOf = (code: string): readonly string[] =>
	Object.entries(CODE_OF_FAILURE).flatMap(([failureClass, its]) => (its === code ? [`'${failureClass}'`] : []));

/** Tests that produce a code say so by naming it; that they do is for them to assert. */
Language('every error code is produced in a test', () => {
	const tests = [...filesUnder('test', /\.(test\.tsx?|report\.txt)$/), ...filesUnder('test/contracts', /\.ts$/)]
		.filter((file) => file !== 'test/language.test.ts')
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	assert.equal(
		Object.keys(CODES).filter((code) => !UNTESTED.includes(code) && ![code, ...classesOf(code)].some((name) => tests.includes(name))),
		[],
	);
});

Language.run();
