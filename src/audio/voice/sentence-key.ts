export { sentenceKey, voiceWith } from '../../model/sentence-key.ts';
