import type { ReactNode } from 'react';
import {
	configureAssets,
	GeneratedBackground,
	GeneratedImage,
	GeneratedMusic,
	GeneratedVoice,
	StockIcon,
	StockImage,
	StockMusic,
	StockVideo,
	VoiceOver,
} from 'reelform/assets';

/** The examples of the source document with its props as it writes them: this file has to compile. */
export const EXAMPLES: Readonly<Record<string, ReactNode>> = {
	StockVideo: <StockVideo query="aerial city night cinematic" provider="pexels" duration={5} fit="cover" colorGrade="match" />,
	StockImage: <StockImage query="diverse team meeting" provider="unsplash" style="editorial" aspectRatio="16:9" />,
	StockIcon: <StockIcon concept="growth" style="line" provider="noun-project" color="inherit" />,
	GeneratedImage: (
		<GeneratedImage prompt="abstract gradient mesh, purple and teal, 4k, smooth" provider="stability" seed={42} style="digital-art" />
	),
	VoiceOver: (
		<VoiceOver
			provider="elevenlabs"
			voice="professional-male-1"
			script={`
    Introducing the future of video creation.
    [pause: 0.5]
    Remotion Reloaded.
  `}
			timing="auto"
		/>
	),
	GeneratedVoice: (
		<GeneratedVoice
			provider="elevenlabs"
			voice="rachel"
			ssml={`
    <speak>
      <prosody rate="slow">Welcome</prosody>
      to the future.
      <break time="500ms"/>
      <emphasis level="strong">Remotion Reloaded.</emphasis>
    </speak>
  `}
		/>
	),
	StockMusic: (
		<StockMusic provider="epidemic-sound" mood="uplifting" genre="corporate" bpm={{ min: 100, max: 120 }} duration={30} stems={true} />
	),
	GeneratedMusic: <GeneratedMusic provider="suno" prompt="upbeat corporate background music, no vocals" duration={30} bpm={110} />,
};

export const BACKGROUNDS: readonly ReactNode[] = [
	<GeneratedBackground
		key="mesh"
		type="gradient-mesh"
		colors={['#6366f1', '#ec4899', '#8b5cf6']}
		complexity={0.6}
		animated={true}
		seed={123}
	/>,
	<GeneratedBackground key="noise" type="noise" scale={0.01} octaves={4} color="#ffffff10" />,
	<GeneratedBackground key="particles" type="particles" count={50} color="#ffffff20" speed={0.5} />,
];

export const SETTINGS = configureAssets({
	cache: { directory: './.asset-cache', maxSize: '10GB', ttl: '30d' },
	providers: {
		pexels: { apiKey: process.env['PEXELS_KEY'] },
		unsplash: { apiKey: process.env['UNSPLASH_KEY'] },
		elevenlabs: { apiKey: process.env['ELEVENLABS_KEY'] },
		stability: { apiKey: process.env['STABILITY_KEY'] },
	},
	defaults: {
		stockVideo: { provider: 'pexels' },
		stockImage: { provider: 'unsplash' },
		voice: { provider: 'elevenlabs' },
	},
});
