/** The content script that describes one image, put into a frame when a person asks: wires. */
import { CodedError } from '../core/errors';
import { describeMessages } from '../messages/frame-messages';
import { serveFrame, serveHandedOver } from '../messages/frame-server';
import { createSpeaker } from './alt-text/speak-image';
import { removeLeftoverCards } from './card/card';
import { askedOnce } from './describe/asked-once';
import { createDescriber } from './describe/describe-image';
import { attentionHere } from './find/attention';
import { rememberPointer } from './find/pointer-memory';
import { picturesOf } from './find/picture';
import { runOnce } from './describe/run-once';
import { shownPicture } from './labelling/tracked-image';
import { lend } from './lent';
import { readDecoded } from './pixels/decoded';
import { knowNodesOfAllWindows } from './realms';
import { createFrameWalk } from './walk/frame-images';

runOnce('describe', (signal) => {
  knowNodesOfAllWindows();
  removeLeftoverCards();
  const describeImage = createDescriber(rememberPointer(signal), signal);
  // For the part that knows needs of texts, on pages without labels too.
  lend({ picturesOf, shownPicture, readDecoded });
  const { speak, speakOf, sayNone, hush } = createSpeaker(signal);
  const walk = createFrameWalk();
  const describe = askedOnce((request) => {
    if (request.answer === 'speech') speak(request);
    else describeImage(request);
  });
  serveFrame(
    describeMessages,
    {
      getAttention: attentionHere,
      describeImage: describe,
      listImages: ({ minimumSizePx }) => {
        hush();
        return walk.list(minimumSizePx);
      },
      sayImage: ({ spot, ...request }) => {
        if (spot === null) {
          sayNone();
          return null;
        }
        const element = walk.standAt(spot.id);
        if (element === null) throw new CodedError('image-gone', spot.id);
        speakOf(request, element, spot);
        return null;
      },
    },
    signal,
  );
  serveHandedOver(
    { describeImage: describeMessages.describeImage },
    { describeImage: describe },
    signal,
  );
});
