/** The content script that describes one image, put into a frame when a person asks: wires. */
import { describeMessages } from '../messages/frame-messages';
import { serveFrame } from '../messages/frame-server';
import { createSpeaker } from './alt-text/speak-image';
import { removeLeftoverCards } from './card/card';
import { createDescriber } from './describe/describe-image';
import { attentionHere } from './find/attention';
import { rememberPointer } from './find/pointer-memory';
import { runOnce } from './describe/run-once';

runOnce('describe', (signal) => {
  removeLeftoverCards();
  const describeImage = createDescriber(rememberPointer(signal), signal);
  const speakImage = createSpeaker(signal);
  serveFrame(
    describeMessages,
    {
      getAttention: attentionHere,
      describeImage: (request) => {
        if (request.answer === 'speech') speakImage(request);
        else describeImage(request);
        return null;
      },
    },
    signal,
  );
});
