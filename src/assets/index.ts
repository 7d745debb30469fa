/** For people who write compositions themselves: the assets of a campaign, and pictures that are computed, the same on every machine. */
export { type AssetSettings, configureAssets } from '../model/asset-settings.ts';
export { AssetsProvider, type AssetsProviderProps } from './assets-provider.tsx';
export { GeneratedBackground, type GeneratedBackgroundProps } from './generated-background.tsx';
export type { AssetManifest, ManifestEntry, ManifestFile } from './manifest.ts';
export { GeneratedMusic, type GeneratedMusicProps, type StemName, StockMusic, type StockMusicProps, type Volume } from './music.tsx';
export { GeneratedImage, type GeneratedImageProps, StockImage, type StockImageProps } from './pictures.tsx';
export { type IconStyle, StockIcon, type StockIconProps } from './stock-icon.tsx';
export { StockVideo, type StockVideoProps } from './stock-video.tsx';
export {
	GeneratedVoice,
	type GeneratedVoiceProps,
	type SpokenScript,
	useCaptions,
	useVoiceOver,
	VoiceOver,
	type VoiceOverProps,
	voiceOverOf,
} from './voice.tsx';
