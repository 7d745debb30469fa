import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AssetSettings, configureAssets } from '../../model/asset-settings.ts';
import { type InputResult, refuse } from '../input-problem.ts';

export const SETTINGS_FILE = 'reelform.assets.mjs';

/** What `reelform.assets.mjs` beside a spec exports; nothing where there is none. The file is run. */
export const readAssetSettings = async (specFolder: string): Promise<InputResult<AssetSettings>> => {
	const file = join(specFolder, SETTINGS_FILE);
	const facts = await stat(file).catch(() => null);
	if (facts === null) return { ok: true, value: {} };
	try {
		// A file that was saved again is another module.
		const loaded = (await import(`${pathToFileURL(file).href}?saved=${facts.mtimeMs}`)) as { readonly default?: unknown };
		if (loaded.default === undefined) return wrong('it has no default export');
		return { ok: true, value: configureAssets(loaded.default as AssetSettings) };
	} catch (error) {
		return wrong(whyItFails(error));
	}
};

/** Not the message of just any error: code that reads keys may put one in it. */
const whyItFails = (error: unknown): string => {
	if (error instanceof TypeError) return error.message;
	if (error instanceof SyntaxError) return `it is no JavaScript module: ${error.message}`;
	const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
	return isMissing ? 'what it imports is not installed beside it' : 'it fails when it is read';
};

const wrong = (why: string): InputResult<never> =>
	refuse('RF4246', `${SETTINGS_FILE} cannot be used: ${why}`, 'export what `configureAssets({...})` gives as its default');

/** The environment with the keys that the settings give, under the names that providers look for. Whatever is set already stays. */
export const withKeys = (
	environment: Readonly<Record<string, string | undefined>>,
	{ providers = {} }: AssetSettings,
): Readonly<Record<string, string | undefined>> => {
	const given = Object.entries(providers).flatMap(([name, { apiKey }]) => {
		const variable = KEY_NAMES[name];
		return apiKey === undefined || variable === undefined ? [] : [[variable, apiKey] as const];
	});
	return { ...Object.fromEntries(given), ...environment };
};

const KEY_NAMES: Readonly<Record<string, string>> = {
	pexels: 'PEXELS_API_KEY',
	unsplash: 'UNSPLASH_ACCESS_KEY',
	pixabay: 'PIXABAY_API_KEY',
	stability: 'STABILITY_API_KEY',
	openai: 'OPENAI_API_KEY',
	dalle: 'OPENAI_API_KEY',
	elevenlabs: 'ELEVENLABS_API_KEY',
	wellsaid: 'WELLSAID_API_KEY',
	murf: 'MURF_API_KEY',
	'epidemic-sound': 'EPIDEMIC_SOUND_API_KEY',
};
