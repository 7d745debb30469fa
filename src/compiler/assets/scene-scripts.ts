import type { AssetQuestion } from '../../model/asset-question.ts';
import type { VoiceAsset } from '../../model/campaign-spec.gen.ts';
import type { DraftSpec } from '../draft-spec.ts';
import { namedAssets } from './asset-needs.ts';

/** What a scene says to everybody, as a composition asks for it. */
export type SceneScript = {
	/** Id of the scene. */
	readonly name: string;
	readonly question: AssetQuestion;
	readonly text: { readonly kind: 'script' | 'ssml'; readonly written: string };
	readonly voice: { readonly provider: string; readonly voice: string; readonly rate: number; readonly pitch: number };
};

/** The voice-overs of a spec, those left out that are said to each recipient in another way. */
export const sceneScripts = (spec: DraftSpec): readonly SceneScript[] => {
	const voices = new Map(namedAssets(spec).flatMap(([name, asset]) => ('voice' in asset ? [[name, asset] as const] : [])));
	return (spec.scenes ?? []).flatMap((scene) => {
		const said = scene?.voiceover;
		if (scene?.id === undefined || said === undefined) return [];
		const text = typeof said === 'string' ? ({ kind: 'script', written: said } as const) : textOf(said);
		if (text === null || text.written.includes('{{')) return [];
		const voice = voiceOf(voices.get((typeof said === 'string' ? undefined : said.voice) ?? 'voice'));
		const { provider, ...settings } = voice;
		return [
			{ name: scene.id, question: { kind: 'voiceover', provider, settings: { ...settings, [text.kind]: text.written } }, text, voice },
		];
	});
};

const textOf = ({
	script,
	ssml,
}: {
	readonly script?: string | undefined;
	readonly ssml?: string | undefined;
}): SceneScript['text'] | null => {
	if (script !== undefined) return { kind: 'script', written: script };
	return ssml === undefined ? null : { kind: 'ssml', written: ssml };
};

const voiceOf = (asset: VoiceAsset | undefined): SceneScript['voice'] => ({
	provider: asset?.provider ?? 'local',
	voice: asset?.voice ?? 'default',
	rate: asset?.rate ?? 1,
	pitch: asset?.pitch ?? 1,
});
