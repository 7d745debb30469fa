/** The spec that `init` writes: two platforms, one length, three scenes. `schema` is the path of the JSON Schema for editors. */
export const firstSpec = (
	campaign: string,
	schema: string | null,
): string => `${schema === null ? '' : `# yaml-language-server: $schema=${schema}\n`}reelform: 1
campaign: ${campaign}

platforms: [tiktok, youtube]
durations: [10]

variants:
  default: {mood: sophisticated}

ctas:
  start: {text: Start free, color: accent, icon: arrow-right}

brand:
  name: Acme

scenes:
  - id: hook
    duration: {share: 2}
    layers:
      - {text: Your launch in every format, role: headline, at: center}
    transition: crossfade
  - id: promise
    duration: {share: 2}
    layers:
      - {text: One spec, role: eyebrow, at: center}
      - {text: Every cut on brand, role: headline, at: center}
    transition: crossfade
  - id: close
    duration: 3
    layers:
      - {logo: {}, at: top}
      - {cta: {}, at: center}

output:
  naming: '{platform}/{duration}s-{cta}.mp4'
`;
