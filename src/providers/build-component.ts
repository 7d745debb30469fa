import { readFile } from 'node:fs/promises';
import { extname, relative } from 'node:path';
import type { BuildFailure, BuildOptions, BuildResult, Message, Plugin } from 'esbuild';
import type { ComponentFacts } from '../model/inputs.ts';
import { sha256Hex } from '../model/keys.ts';
import { findImpurities } from './find-impurities.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { locateFile, type ProjectFolders } from './project-file.ts';

/** A component that can be drawn. `files` are all that its code was made of; `impurities` in words, where they are obvious. */
export type BuiltComponent = {
	readonly facts: ComponentFacts;
	/** CommonJS, without a path in it: the text whose hash names the component. */
	readonly code: string;
	readonly files: readonly string[];
	readonly impurities: readonly string[];
};

export const MAX_COMPONENT_BYTES = 5_000_000;

const SOURCE_FILES = ['.tsx', '.jsx', '.ts', '.js', '.mjs'];

/** What the page has anyway, and must have once. */
const SHARED = ['react', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'react-dom', 'remotion', 'reelform/runtime'];

/** Bundles a component that a spec names with everything that it imports. The same code gives the same text wherever it lies. */
export const buildComponent = async (written: string, folders: ProjectFolders): Promise<InputResult<BuiltComponent>> => {
	const located = await locateFile(written, folders);
	if (!located.ok) return located;
	if (!SOURCE_FILES.includes(extname(located.value.path)))
		return refuse('RF4020', `"${written}" is not a component`, `name a file that ends in ${SOURCE_FILES.join(', ')}`);
	const sources = new Map<string, string>();
	const built = await bundle(located.value.path, folders, sources);
	if (!built.ok) return unbuilt(written, built.errors, folders);
	const { outputFiles, metafile } = built.result;
	const [output] = outputFiles;
	if (output === undefined || outputFiles.length > 1)
		return refuse(
			'RF4020',
			`"${written}" imports a style sheet`,
			'write styles as `style={{…}}`: a style sheet would reach into other scenes',
		);
	if (output.contents.length > MAX_COMPONENT_BYTES)
		return refuse(
			'RF4020',
			`"${written}" has ${(output.contents.length / 1e6).toFixed(0)} MB with its imports, more than 5`,
			'import less',
		);
	const exported = exportedName(
		Object.values(metafile.outputs).flatMap(({ entryPoint, exports }) => (entryPoint === undefined ? [] : exports)),
	);
	if (exported === null)
		return refuse('RF4021', `"${written}" exports no component`, 'export it: `export default function Growth(props) { … }`');
	const code = output.text;
	const impurities = await findImpurities([...sources].map(([path, text]) => ({ name: relative(folders.root, path), text })));
	const files = Object.keys(metafile.inputs).map((path) => `${folders.root}/${path}`);
	return { ok: true, value: { facts: { code: sha256Hex(`${exported}\n${code}`), name: written, exported }, code, files, impurities } };
};

/** The default export, else the only one that is named like a component, else the only one. */
const exportedName = (exports: readonly string[]): string | null => {
	if (exports.includes('default')) return 'default';
	const capital = exports.filter((name) => /^[A-Z]/.test(name) && name !== name.toUpperCase());
	return capital.length === 1 ? capital[0]! : exports.length === 1 ? exports[0]! : null;
};

type Built = BuildResult<{ write: false; metafile: true }>;

const bundle = async (
	entry: string,
	{ root }: ProjectFolders,
	sources: Map<string, string>,
): Promise<{ readonly ok: true; readonly result: Built } | { readonly ok: false; readonly errors: readonly Message[] }> => {
	const { build } = await import('esbuild');
	const options = {
		entryPoints: [entry],
		outdir: root,
		absWorkingDir: root,
		write: false,
		metafile: true,
		bundle: true,
		platform: 'browser',
		target: 'es2022',
		jsx: 'automatic',
		// What a project's own settings say about its code must not change a picture.
		tsconfigRaw: '{}',
		minify: true,
		legalComments: 'none',
		charset: 'utf8',
		sourcemap: false,
		define: { 'process.env.NODE_ENV': '"production"' },
		loader: { '.png': 'dataurl', '.jpg': 'dataurl', '.jpeg': 'dataurl', '.webp': 'dataurl', '.svg': 'dataurl' },
		external: [...SHARED],
		logLevel: 'silent',
	} satisfies BuildOptions;
	try {
		// Exports are listed for modules alone, so the code is looked at as one before it becomes what a function can hold.
		const listed = await build({ ...options, format: 'esm', plugins: [ownSources(root, sources)] });
		const result = await build({ ...options, format: 'cjs' });
		return { ok: true, result: { ...result, metafile: listed.metafile } };
	} catch (error) {
		const { errors } = error as BuildFailure;
		if (!Array.isArray(errors)) throw error;
		return { ok: false, errors };
	}
};

/** Notes the files of the project itself: what packages do inside is found out when they are drawn. */
const ownSources = (root: string, sources: Map<string, string>): Plugin => ({
	name: 'own-sources',
	setup(build) {
		build.onLoad({ filter: /\.[mc]?[jt]sx?$/ }, async ({ path }) => {
			if (path.startsWith(root) && !path.includes('/node_modules/')) sources.set(path, await readFile(path, 'utf8'));
			return undefined;
		});
	},
});

const unbuilt = (written: string, errors: readonly Message[], { root }: ProjectFolders): InputResult<never> => {
	const [first] = errors;
	const place =
		first?.location == null
			? ''
			: ` at ${relative(root, `${root}/${first.location.file}`)}:${first.location.line}:${first.location.column + 1}`;
	const isMissing = first?.text.startsWith('Could not resolve') ?? false;
	return refuse(
		'RF4020',
		`"${written}" cannot be built: ${first?.text ?? 'unknown error'}${place}`,
		isMissing
			? 'install the package beside the spec, or correct the path'
			: `mend the code${errors.length > 1 ? `; ${errors.length - 1} more problems follow` : ''}`,
	);
};
