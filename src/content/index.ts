/** The content script that describes one image, put into a frame when a person asks: wires. */
import type { Answer, Attention } from '../messages/protocol';
import { onOwnMessage } from '../platform/own-messages';
import { createSpeaker } from './alt-text/speak-image';
import { removeLeftoverCards } from './card/card';
import { createDescriber } from './describe/describe-image';
import { attentionHere } from './find/attention';
import { rememberPointer } from './find/pointer-memory';
import { isGetAttention, parseDescribeImage } from './describe/parse-message';
import { runOnce } from './describe/run-once';

runOnce('describe', (signal) => {
  removeLeftoverCards();
  const describeImage = createDescriber(rememberPointer(signal), signal);
  const speakImage = createSpeaker(signal);
  onOwnMessage((message): Promise<Answer<Attention | null>> | undefined => {
    if (isGetAttention(message)) return Promise.resolve({ ok: true, value: attentionHere() });
    const request = parseDescribeImage(message);
    if (request === null) return undefined;
    if (request.answer === 'speech') speakImage(request);
    else describeImage(request);
    return Promise.resolve({ ok: true, value: null });
  });
});
