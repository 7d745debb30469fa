/** Who may have given an asset. `dalle` is `openai` under another name. */
export const PROVIDER_NAMES: readonly string[] = [
	'local',
	'pexels',
	'unsplash',
	'pixabay',
	'noun-project',
	'stability',
	'openai',
	'dalle',
	'elevenlabs',
	'epidemic-sound',
	'artlist',
];
