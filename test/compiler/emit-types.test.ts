import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emitTypes } from '../../src/compiler/emit-types.ts';
import { typeOfSchema } from '../../src/compiler/schema-to-type.ts';
import { checked } from '../support/specs.ts';

const Types = suite('compiler/emit-types');

const request = (spec: Parameters<typeof checked>[0]) => ({
	specName: 'x.campaign.yaml',
	spec: checked(spec).spec,
	propsSchemas: new Map([['growth.schema.json', { type: 'object', required: ['metric'], properties: { metric: { type: 'number' } } }]]),
	defaultMood: 'sophisticated',
});

/** What the compiler says of a program that is written on top of the types. */
const problemsOf = (types: string, use: string): readonly string[] => {
	const files: Readonly<Record<string, string>> = { 'reelform.d.ts': types, 'use.ts': `import type * as C from './reelform';\n${use}` };
	const options: ts.CompilerOptions = {
		strict: true,
		noEmit: true,
		noLib: true,
		types: [],
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
	};
	const lib =
		'interface Array<T> { [n: number]: T } interface ReadonlyArray<T> { readonly [n: number]: T } interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {} interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {} type Readonly<T> = { readonly [P in keyof T]: T[P] }; type Record<K extends keyof any, T> = { [P in K]: T };';
	const all: Readonly<Record<string, string>> = { ...files, 'lib.d.ts': lib };
	const host: ts.CompilerHost = {
		...ts.createCompilerHost(options),
		getCurrentDirectory: () => '/',
		fileExists: (name) => name.replace(/^\//, '') in all,
		directoryExists: () => true,
		readFile: (name) => all[name.replace(/^\//, '')],
		getSourceFile: (name, target) => {
			const text = all[name.replace(/^\//, '')];
			return text === undefined ? undefined : ts.createSourceFile(name, text, target);
		},
	};
	const program = ts.createProgram(['/lib.d.ts', '/reelform.d.ts', '/use.ts'], options, host);
	return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
};

const spec = {
	platforms: ['tiktok', { name: "it's-wide", width: 100, height: 50 }],
	durations: [15, '30s'],
	variants: { plain: { mood: 'calm' }, loud: { mood: 'bold' } },
	ctas: { 'shop-now': { text: 'Shop Now' } },
	scenes: [
		{
			id: 'one',
			layers: [{ component: 'components/Growth.tsx', propsSchema: 'growth.schema.json' }, { group: [{ component: 'Free.tsx' }] }],
		},
	],
} as unknown as Parameters<typeof checked>[0];

Types('the axes, the cells and the props of a campaign are types that a program can be written on', () => {
	const types = emitTypes(request(spec));
	const good = `const cell: C.Cell = { platform: "it's-wide", duration: 30, variant: 'loud', mood: 'calm', cta: 'shop-now' };
const props: C.ComponentProps['components/Growth.tsx'] = { metric: 4 };
const free: C.ComponentProps['Free.tsx'] = { anything: 'goes' };`;
	assert.equal(problemsOf(types, good), []);
});

for (const [what, use] of [
	['platform', `const platform: C.Platform = 'tiktk';`],
	['duration', 'const duration: C.Duration = 20;'],
	['variant', `const variant: C.VariantName = 'quiet';`],
	['mood', `const mood: C.Mood = 'urgent';`],
	['call to action', `const cta: C.CtaName = 'learn-more';`],
	['prop', `const props: C.ComponentProps['components/Growth.tsx'] = { metric: 'four' };`],
	['prop that is missing', `const props: C.ComponentProps['components/Growth.tsx'] = {};`],
] as const) {
	Types(`a ${what} that the campaign does not have is a type error`, () => {
		assert.is(problemsOf(emitTypes(request(spec)), use).length, 1);
	});
}

Types('a campaign without variants and calls to action has the default mood and no call to action', () => {
	const types = emitTypes(request({}));
	assert.equal(
		problemsOf(types, `const cell: C.Cell = { platform: 'youtube', duration: 10, variant: 'default', mood: 'sophisticated', cta: null };`),
		[],
	);
	assert.match(types, 'export type CtaName = never;');
});

const withData = {
	...spec,
	data: {
		recipients: {
			type: 'csv',
			path: 'people.csv',
			key: 'id',
			fields: {
				id: { type: 'string' },
				first_name: { type: 'string', fallback: 'there', description: 'Ends */ here.' },
				industry: { type: 'string', enum: ['health', 5], required: true },
				tier: { type: 'integer', enum: [1, 2], fallback: 0 },
				deals: { type: 'integer' },
				vip: { type: 'boolean' },
			},
		},
		crm_accounts: { type: 'json', path: 'a.json', fields: { plan: { type: 'string' } } },
		cell: { type: 'json', path: 'b.json', fields: { total: { type: 'number', required: true } } },
	},
} as unknown as Parameters<typeof checked>[0];

Types('the rows of a campaign are types, and only a value that may be missing is null', () => {
	const types = emitTypes(request(withData));
	const good = `const recipient: C.Recipient = { id: 'a', first_name: 'Ada', industry: '5', tier: 0, deals: null, vip: true };
const data: C.Data = { recipient, crm_accounts: { plan: null }, cell: { total: 1 } };
const accounts: C.CrmAccounts = data.crm_accounts;
const cell: C.CellValues = data.cell;`;
	assert.equal(problemsOf(types, good), []);
	assert.match(types, '\t/** Ends *\\/ here. */\n\treadonly first_name: string;');
	assert.not.match(emitTypes(request(spec)), 'Recipient');
});

for (const [what, use] of [
	['a name that is never missing', 'const x: C.Recipient["first_name"] = null;'],
	['a key that is never missing', 'const x: C.Recipient["id"] = null;'],
	['a value that is not listed', `const x: C.Recipient['industry'] = 'retail';`],
	['a number that is not listed', `const x: C.Recipient['tier'] = 3;`],
	['a text for a number', `const x: C.Recipient['deals'] = '3';`],
	['a field that is nowhere', `const x: C.Recipient['nothing'] = 1;`],
] as const) {
	Types(`${what} is a type error`, () => {
		assert.is(problemsOf(emitTypes(request(withData)), use).length, 1);
	});
}

for (const [schema, type] of [
	[{ type: 'string' }, 'string'],
	[{ type: ['integer', 'null'] }, 'number | null'],
	[{ enum: ['a', 2, "it's"] }, "'a' | 2 | 'it\\'s'"],
	[{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'boolean' }] } }, 'readonly (string | boolean)[]'],
	[
		{ allOf: [{ type: 'object', properties: { a: {} } }, { type: 'object' }] },
		'{\n\treadonly a?: unknown;\n} & Readonly<Record<string, unknown>>',
	],
	[{ $ref: '#/$defs/n', $defs: { n: { type: 'number' } } }, 'number'],
	[{ type: 'object', additionalProperties: { const: true } }, 'Readonly<Record<string, true>>'],
	[
		{ properties: { 'a-b': { description: 'ends */ here' } }, required: ['a-b'] },
		"{\n\t/** ends *\\/ here */\n\treadonly 'a-b': unknown;\n}",
	],
	[{ type: 'object', properties: { a: {} }, additionalProperties: false }, '{\n\treadonly a?: unknown;\n}'],
	[{ not: {} }, 'unknown'],
	[true, 'unknown'],
] as const) {
	Types(`${JSON.stringify(schema)} is ${type.replaceAll(/\s+/g, ' ')}`, () => {
		assert.is(typeOfSchema(schema), type);
	});
}

Types('a schema that contains itself comes to an end', () => {
	const tree = { $ref: '#/$defs/tree', $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } } };
	assert.match(typeOfSchema(tree), /^readonly \(readonly .*unknown.*\[\]$/);
});

Types.run();
